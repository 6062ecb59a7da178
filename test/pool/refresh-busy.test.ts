import { expect, test } from "bun:test"
import { keyOf } from "../../src/pool/pool.ts"
import { refreshLabel } from "../../src/pool/refresh.ts"
import { AimError, fail } from "../../src/system/errors.ts"
import { LOCK_TIMEOUT } from "../../src/system/locks.ts"
import { openPoolWorld } from "../support/pool-world.ts"

test("a lease that another aim never lets go of is that label's trouble, not the command's", async () => {
  await using world = await openPoolWorld(["boss"])
  const withLabels = async () => fail(LOCK_TIMEOUT, "held for too long")
  const pool = { ...world.pool, vault: { ...world.pool.vault, withLabels } }
  expect(await refreshLabel(pool, keyOf("openai-codex", "boss"), true)).toEqual({
    kind: "busy",
    detail: "held for too long",
  })
  expect(world.sim.log()).toEqual([])
})

test("any other failure of a refresh is one", async () => {
  await using world = await openPoolWorld(["boss"])
  const withLabels = async () => fail("state_unwritable", "no room")
  const pool = { ...world.pool, vault: { ...world.pool.vault, withLabels } }
  const thrown = await refreshLabel(pool, keyOf("openai-codex", "boss"), true).catch(
    (error) => error,
  )
  expect(thrown).toBeInstanceOf(AimError)
})
