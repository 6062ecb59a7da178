import { expect, test } from "bun:test"
import { runPanel } from "../../src/panel/run-panel.ts"
import { openTwoHomes, type TwoHomes } from "../support/two-homes.ts"
import { panelFor, scripted } from "./scripted.ts"

/** `boss` came from an authority, and has a login here that was made since. */
async function changed(): Promise<TwoHomes> {
  const world = await openTwoHomes(["boss"])
  await world.sync()
  await world.label("boss")
  return world
}

async function handOver(world: TwoHomes): Promise<string[]> {
  const person = scripted([{ choose: "Hand it to its authority" }, { choose: "Done" }])
  await runPanel(panelFor(world.pool.homes, person), "boss")
  return person.seen
}

test("a changed login is handed to the authority, and the entry is gone then", async () => {
  await using world = await changed()
  const seen = await handOver(world)
  expect(seen).toContain(`boss promoted to ${world.authority.file}`)
  expect(await world.authority.stored("boss")).toBe(await world.stored("boss"))
  expect(seen.filter((line) => line.endsWith("Hand it to its authority"))).toHaveLength(1)
})

test("a refused one is said with the way out, and stays dirty", async () => {
  await using world = await changed()
  await world.authority.label("boss")
  const seen = (await handOver(world)).join("\n")
  expect(seen).toContain("authority credentials changed since the consumer imported them")
  expect(seen.split("Hand it to its authority")).toHaveLength(3)
})
