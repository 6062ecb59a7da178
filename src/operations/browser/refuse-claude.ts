import { asObject, type Document, providerOf } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { fail } from "../../system/errors.ts"

/** Stops with `no_browser_binding` for a label of Claude, which has none. */
export function refuseClaude(document: Document, label: Label): void {
  if (!isClaude(document, label)) return
  fail(
    "no_browser_binding",
    `\`${label}\` is a Claude label: Claude labels have no browser binding`,
    "their login is captured from Claude Code",
  )
}

/** True for a label that is there and is not Codex's. */
export function isClaude(document: Document, label: Label): boolean {
  const account = asObject(document.accounts[label])
  return account !== null && providerOf(account) !== "openai-codex"
}
