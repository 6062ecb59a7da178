import { expect, test } from "bun:test"
import { join } from "node:path"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { patchTarget, putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import { labelsIn, liveLogins } from "../../../src/operations/restore/sources.ts"
import { openPoolWorld } from "../../support/pool-world.ts"

test("every label of any of the files counts, with or without a login, each once, in lock order", () => {
  const one = putAccount(putAccount(EMPTY_DOCUMENT, "qa", {}), "boss", {})
  const two = putCredential(putAccount(EMPTY_DOCUMENT, "boss", {}), "openai-codex", "lost", {})
  expect(labelsIn([one, two]).map(({ provider, label }) => `${provider} ${label}`)).toEqual([
    "anthropic boss",
    "anthropic qa",
    "openai-codex boss",
    "openai-codex lost",
    "openai-codex qa",
  ])
  expect(labelsIn([])).toEqual([])
})

test("what the homes of all files hold is read, each home once; what is no login is passed over", async () => {
  await using world = await openPoolWorld(["boss", "qa", "guest"])
  const [own, other] = [await world.login("boss"), await world.login("qa")]
  await world.login("guest", { dir: world.codexHome })
  const knowing = (homes: object, active: string | null): Document =>
    patchTarget(EMPTY_DOCUMENT, "codexCli", { sourceHomes: homes, activeLabel: active })
  const empty = join(world.home, "empty")
  const backup = knowing({ [own]: { label: "boss" }, [empty]: { label: "x" } }, "boss")
  const present = knowing({ [own]: { label: "chief" }, [other]: { label: "qa" } }, "qa")
  const live = await liveLogins(world.pool, [backup, present])
  expect(live.map(({ store, prefer }) => [store, prefer])).toEqual([
    [world.codexHome, "boss"],
    [own, "boss"],
    [other, "qa"],
  ])
  expect(live[0]?.login.identity.email).toBe("guest@example.test")
  const [unnamed] = await liveLogins(world.pool, [EMPTY_DOCUMENT])
  expect(unnamed?.prefer).toBeNull()
})
