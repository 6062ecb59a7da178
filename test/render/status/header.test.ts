import { describe, expect, test } from "bun:test"
import { statusHeader } from "../../../src/render/status/header.ts"
import { claudeClient, claudeServing } from "./claude-value.ts"
import { AT, account, PIPE, status } from "./value.ts"

const LABEL = account("claude-1", { provider: "anthropic" })
const readback = claudeClient().readback
const summary = {
  expiresAt: null,
  subscriptionType: null,
  rateLimitTier: null,
  scopes: [],
  emailAddress: "a@b.test",
  organizationName: null,
  organizationUuid: null,
}

function claudeLine(claudeCli: ReturnType<typeof claudeClient>, accounts = [LABEL]) {
  const lines = statusHeader(status(accounts, { claudeCli }), AT, PIPE)
  return lines.find((line) => line.startsWith("claude")) ?? null
}

describe("the line of Claude Code", () => {
  test("says who serves, and since when", () =>
    expect(claudeLine(claudeServing(AT))).toMatch(/^claude +claude-1, switched 40m ago$/))

  test.each([
    ["newer", "claude-1, with a login that Claude Code has rotated, switched 40m ago"],
    ["older", "claude-1, with an older login, switched 40m ago"],
    ["conflict", "claude-1, with a login in conflict with the stored one, switched 40m ago"],
  ])("says how its pair stands: %s", (relation, said) =>
    expect(claudeLine(claudeServing(AT, { relation }))).toEndWith(said),
  )

  test.each([
    ["absent", "not logged in (the last switch was to `claude-1`)"],
    ["blank", "logged out: the login's tokens were emptied (the last switch was to `claude-1`)"],
    ["login", "a login of no label (a@b.test) (the last switch was to `claude-1`)"],
    ["unmanaged", "a login that aim does not manage (the last switch was to `claude-1`)"],
    ["unreadable", "its login can't be read (the last switch was to `claude-1`)"],
  ])("says what it holds where that is no label: %s", (holds, said) => {
    const none = { inferredLabel: null, readback: { ...readback, holds, summary } }
    expect(claudeLine(claudeServing(AT, none))).toEndWith(said)
  })

  test("is there for a label or a login, and for nobody else", () => {
    const codex = [account("boss")]
    expect(claudeLine(claudeClient(), codex)).toBeNull()
    expect(claudeLine(claudeClient(), [LABEL])).toEndWith("not logged in")
    const held = claudeClient({ readback: { ...readback, holds: "login", summary } })
    expect(claudeLine(held, codex)).toEndWith("a login of no label (a@b.test)")
    expect(claudeLine(claudeClient({ activeLabel: "gone" }), codex)).toContain("`gone`")
  })
})

test("without a Codex label there is no word on the next one", () => {
  const lines = statusHeader(status([LABEL], { decision: null, nextBestCandidate: null }), AT, PIPE)
  expect(lines.join()).not.toContain("next best")
})
