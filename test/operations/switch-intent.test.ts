import { expect, test } from "bun:test"
import { join } from "node:path"
import { patchTarget } from "../../src/domain/document-edits.ts"
import { withIntent } from "../../src/operations/switch-intent.ts"
import { rememberedHomes } from "../../src/pool/stores.ts"
import { openPoolWorld } from "../support/pool-world.ts"

/** A kill after the file and before the vault's record must not leave a home that nobody knows. */
test("an intent remembers the home that is about to be written, and the one that is left", async () => {
  await using world = await openPoolWorld(["boss"])
  const { target, home } = world
  const left = join(home, "left")
  const document = patchTarget(await world.document(), target.vaultKey, {
    homeDir: left,
    activeLabel: "qa",
  })
  const store = await world.store(join(home, "next"))
  const begun = withIntent(document, target, store, "boss", "hash")
  expect(rememberedHomes(begun, target)).toEqual([
    [left, "qa"],
    [store.realHome, "boss"],
  ])
  const again = withIntent(begun, target, store, "boss", "hash")
  expect(rememberedHomes(again, target)).toHaveLength(2)
})
