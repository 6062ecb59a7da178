import { expect, test } from "bun:test"
import type { Finding } from "../../../src/domain/receipt.ts"
import { isSaid } from "../../../src/render/status/said.ts"
import { claudeClient, claudeServing } from "./claude-value.ts"
import { AT, account, client, reauth, status } from "./value.ts"

const finding = (kind: string, label = "lessons"): Finding => ({ kind, label })

test.each([
  ["claude_target_not_logged_in", "claude_target_missing_auth_file"],
  ["claude_target_auth_method_mismatch", "claude_target_not_logged_in"],
  ["claude_target_status_unreadable", "claude_target_app_state_unreadable"],
  ["claude_target_status_unreadable", "claude_keychain_locked"],
])("%s is left out beside %s, and only there", (kind, cause) => {
  const settled = { claudeCli: claudeServing(AT) }
  const beside = status([], { ...settled, warnings: [finding(kind), finding(cause)] })
  expect(isSaid(finding(kind), beside)).toBe(true)
  expect(isSaid(finding(cause), beside)).toBe(false)
  expect(isSaid(finding(kind), status([], { ...settled, warnings: [finding(kind)] }))).toBe(false)
})

test("whose login it is not is left out where it is said whose it is", () => {
  const mail = finding("claude_target_email_mismatch")
  const other = claudeClient({ activeLabel: "a", inferredLabel: "b" })
  expect(isSaid(mail, status([], { claudeCli: other }))).toBe(true)
  expect(isSaid(mail, status([], { claudeCli: claudeServing(AT) }))).toBe(false)
  const workspace = finding("codex_target_account_mismatch")
  const moved = client({ activeLabel: "a", inferredLabel: "b" })
  expect(isSaid(workspace, status([], { codexCli: moved }))).toBe(true)
  expect(isSaid(workspace, status([]))).toBe(false)
})

test("what a label lacks is left out where the label itself says it", () => {
  const missing = finding("missing_credentials")
  expect(isSaid(missing, status([reauth("lessons", "none")]))).toBe(true)
  expect(isSaid(missing, status([account("lessons")]))).toBe(false)
})
