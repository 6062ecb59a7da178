import { expect, test } from "bun:test"
import { join } from "node:path"
import { codexCredential } from "../../src/domain/document.ts"
import { liveView } from "../../src/pool/live-view.ts"
import { unseal } from "../../src/system/secret.ts"
import { openPoolWorld } from "../support/pool-world.ts"
import { pictureOf } from "../vault/temp-vault.ts"
import { strangeHome } from "./strange-home.ts"

test("shows a pair that a client rotated as the next command will find it, and writes nothing", async () => {
  await using world = await openPoolWorld()
  const dir = await world.label("boss")
  const before = await world.stored("boss")
  const rotated = await world.rotate(dir)
  const picture = pictureOf(world.home)
  const { document, missing, stores } = await liveView(world.pool)
  expect(codexCredential(document, "boss")?.refresh.reveal()).toBe(rotated)
  expect(missing).toBe(false)
  expect(stores.map(({ store, owner }) => [store.home, owner?.relation])).toEqual([
    [world.codexHome, undefined],
    [dir, "newer"],
    [join(world.home, ".claude"), undefined],
    [join(world.home, ".pi", "agent"), undefined],
  ])
  expect(pictureOf(world.home)).toEqual(picture)
  expect(await world.stored("boss")).toBe(before)
})

test("takes in nothing that is older, blank or another's", async () => {
  await using world = await openPoolWorld(["boss", "qa"])
  await world.label("boss")
  await world.take("boss", await world.login("boss", { dir: `${world.home}/new` }))
  await world.login("qa", { dir: world.codexHome })
  const { document } = await liveView(world.pool)
  expect(codexCredential(document, "boss")?.refresh.reveal()).toBe(
    String(await world.stored("boss")),
  )
  expect(unseal(document)).toEqual(unseal(await world.document()))
})

test("leaves a pair alone that the label may not have", async () => {
  await using world = await openPoolWorld([])
  const { label } = await strangeHome(world)
  const { document } = await liveView(world.pool)
  expect(codexCredential(document, label)?.refresh.reveal()).toBe("kept-refresh")
})

test("says that there is no state file yet", async () => {
  await using world = await openPoolWorld([])
  expect(await liveView(world.pool)).toMatchObject({
    missing: true,
    stores: [{ owner: null }, { owner: null }, { owner: null }],
  })
})
