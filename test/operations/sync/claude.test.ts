import { describe, expect, test } from "bun:test"
import { importStatus } from "../../../src/domain/import/status.ts"
import { activate } from "../../../src/operations/activate.ts"
import { promoteLabels } from "../../../src/operations/promote-labels.ts"
import { keyOf } from "../../../src/pool/pool.ts"
import { refreshLabel } from "../../../src/pool/refresh.ts"
import { readClaudeHome, withClaudeLabel } from "../../support/claude-fixtures.ts"
import { openTwoHomes, type TwoHomes } from "../../support/two-homes.ts"

const world = async () => {
  const opened = await openTwoHomes(["boss"], { claudeAccounts: [{ name: "lessons" }] })
  await opened.authority.claudeLabel("lessons")
  return opened
}
const sync = (homes: TwoHomes) => homes.sync({}, "anthropic")
const use = async ({ pool }: TwoHomes) => {
  const target = pool.targets.find(({ id }) => id === "claude")
  if (target === undefined) throw new Error("no Claude Code")
  return activate(pool, target, {
    label: "lessons",
    next: false,
    dryRun: false,
    adopt: null,
    replaceUnmanaged: false,
  })
}
const held = async ({ home }: TwoHomes) =>
  (await readClaudeHome(home)).claudeAiOauth.refreshToken ?? null
const dirty = async (homes: TwoHomes) =>
  importStatus(await homes.document(), "anthropic").dirtyLabels

describe("Claude labels", () => {
  test("are imported alone, and Claude Code follows what was renewed there", async () => {
    await using homes = await world()
    expect((await sync(homes)).imported.importedLabels).toEqual(["lessons"])
    expect(Object.keys((await homes.document()).accounts)).toEqual(["lessons"])
    await use(homes)
    await homes.authority.claudeLabel("lessons")
    const result = await sync(homes)
    expect(result).toMatchObject({ ok: true, liveApplied: { label: "lessons" } })
    expect(await held(homes)).toBe(await homes.authority.stored("lessons", "anthropic"))
    expect(await dirty(homes)).toEqual([])
  })

  test("that Claude Code has renewed are taken in, kept, and handed over", async () => {
    await using homes = await world()
    await sync(homes)
    await use(homes)
    const minted = homes.sim.claude.mintLogin("lessons")
    await homes.edit((before) => withClaudeLabel(before, "lessons", homes.sim.claude.files(minted)))
    expect(await dirty(homes)).toEqual(["lessons"])
    const result = await sync(homes)
    expect(result.plan.items).toMatchObject([{ change: "kept", reason: "newer_here" }])
    expect(result.promoted.labels).toEqual(["lessons"])
    expect(await homes.authority.stored("lessons", "anthropic")).toBe(minted.refreshToken)
    expect(await dirty(homes)).toEqual([])
  })

  test("are promoted in the reference's shape", async () => {
    await using homes = await world()
    await sync(homes)
    const minted = homes.sim.claude.mintLogin("lessons")
    await homes.edit((before) => withClaudeLabel(before, "lessons", homes.sim.claude.files(minted)))
    const how = { to: homes.authority.file, labels: ["lessons"], dryRun: false }
    expect(await promoteLabels(homes.pool, "anthropic", how)).toMatchObject({
      promoted: { action: "promote_claude", status: "applied", labels: ["lessons"] },
    })
    expect(await dirty(homes)).toEqual([])
  })

  test("that are due are renewed by their authority, and Claude Code has the new login", async () => {
    await using homes = await openTwoHomes([], { claudeAccounts: [{ name: "lessons" }] })
    await homes.authority.claudeLabel("lessons", 600)
    await sync(homes)
    await use(homes)
    const outcome = await refreshLabel(homes.pool, keyOf("anthropic", "lessons"), true)
    expect(outcome).toMatchObject({ kind: "taken" })
    expect(await held(homes)).toBe(await homes.authority.stored("lessons", "anthropic"))
  })
})
