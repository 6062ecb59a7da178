import { expect, test } from "bun:test"
import { patchTarget } from "../../src/domain/document-edits.ts"
import { readStatus } from "../../src/operations/status.ts"
import { explainChoice } from "../../src/operations/why.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

/** A world with labels boss and qa, and what the home holds. */
async function worldWith(arrange: (world: PoolWorld) => Promise<unknown>): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "qa", "stranger"])
  for (const label of ["boss", "qa"]) await world.label(label)
  await arrange(world)
  return world
}

const switched = (label: string) => (world: PoolWorld) =>
  world.edit((document) => patchTarget(document, "codexCli", { activeLabel: label }))

test.each<[string, (world: PoolWorld) => Promise<unknown>, string | null]>([
  ["nothing, and was never switched", async () => {}, null],
  ["nothing, and was switched once", switched("qa"), "qa"],
  ["nothing, and was switched to what is no label any more", switched("gone"), null],
  [
    "a login that a label stores",
    async (world) => world.take("qa", await world.login("qa", { dir: world.codexHome })),
    "qa",
  ],
  [
    "a login that the client has renewed since",
    async (world) => {
      await world.take("qa", await world.login("qa", { dir: world.codexHome }))
      await world.rotate(world.codexHome)
    },
    "qa",
  ],
  [
    "a login of no label",
    async (world) => {
      await switched("qa")(world)
      await world.login("stranger", { dir: world.codexHome })
    },
    null,
  ],
])("the label in use where the home holds %s", async (_, arrange, current) => {
  await using world = await worldWith(arrange)
  const why = await explainChoice(world.pool, world.target, "fresh")
  expect(why.current).toBe(current)
  const { decision } = await readStatus(world.pool, "cached")
  expect(decision?.kept).toBe(current !== null)
})
