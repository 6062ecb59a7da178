import { aimProfileDir } from "../browser/aim-profile.ts"
import { type Expectation, expectationOf } from "../domain/adopt/expect.ts"
import { bundleOf, missingFrom } from "../domain/claude/bundle.ts"
import { credentialRecord, type Document, isEnabled } from "../domain/document.ts"
import { importStatus } from "../domain/import/status.ts"
import type { Label } from "../domain/label.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import type { Readiness } from "../domain/readiness.ts"
import { readinessOf } from "../domain/readiness-of.ts"
import { type StoredLogin, storedLogin } from "../domain/stored-login.ts"
import type { Pool } from "../pool/pool.ts"
import { now } from "../system/clock.ts"
import { knownLabel } from "./account/known-label.ts"
import { type SuggestedSession, suggestSessions } from "./browser/suggestions.ts"
import { type BrowserView, browserView } from "./browser-show.ts"

/** What there is to decide about a label, as it stands at this moment; no secrets. */
export type LabelView = {
  label: Label
  provider: ProviderId
  enabled: boolean
  /** `setup`: no login serves, and nothing says yet how somebody is to log in. */
  standing: "setup" | Readiness["status"]
  readiness: Readiness
  /** Of the access token, by its expiry. */
  access: "valid" | "expired" | "unknown"
  /** Whether what Claude Code needs of a login is stored; null for another provider. */
  nativeBundle: "complete" | "missing" | null
  /** Null for a provider whose labels have no browser. */
  browser: BrowserView | null
  /** Where it came from, and whether it has changed here since; null for a label of this machine. */
  imported: { source: string; changed: boolean } | null
  /** A session that OpenClaw's workspaces suggest; looked for where the label needs a setup. */
  suggested: SuggestedSession | null
  /** Where a profile of the label's own lies, or would. */
  ownProfile: string
  /** Whose login is stored, as far as it says. */
  stored: Expectation
  expected: Expectation
}

/** Reads a label anew; null when there is none of that name any more. Changes nothing. */
export async function viewLabel(pool: Pool, label: Label): Promise<LabelView | null> {
  const { document } = await pool.vault.read()
  if (!Object.hasOwn(document.accounts, label)) return null
  const { account, provider } = knownLabel(document, label)
  const login = storedLogin(document, { provider, label })
  const hasBrowser = provider === "openai-codex"
  const browser = hasBrowser ? await browserView(pool, document, label) : null
  const at = now()
  const readiness = readinessOf(document, { provider, label }, at)
  const standing = browser !== null && needsSetup(readiness, browser) ? "setup" : readiness.status
  const suggestions = standing === "setup" ? await suggestSessions(pool, label) : []
  return {
    label,
    provider,
    enabled: isEnabled(account),
    standing,
    readiness,
    access: accessOf(login, at),
    nativeBundle: provider === "anthropic" ? bundleIn(document, label) : null,
    browser,
    imported: importOf(document, provider, label),
    suggested: suggestions[0] ?? null,
    ownProfile: aimProfileDir(pool.vault.paths.dir, label),
    stored: { email: login?.identity.email ?? null, workspace: login?.identity.workspace ?? null },
    expected: expectationOf(account),
  }
}

function bundleIn(document: Document, label: Label): "complete" | "missing" {
  const bundle = bundleOf(credentialRecord(document, "anthropic", label))
  return bundle !== null && missingFrom(bundle).length === 0 ? "complete" : "missing"
}

function importOf(document: Document, provider: ProviderId, label: Label): LabelView["imported"] {
  const { source, labels, dirtyLabels } = importStatus(document, provider)
  if (source === null || !labels.includes(label)) return null
  return { source, changed: dirtyLabels.includes(label) }
}

function needsSetup({ status }: Readiness, { reauthMode, binding }: BrowserView): boolean {
  return status === "reauth" && reauthMode !== "manual-callback" && binding === null
}

function accessOf(login: StoredLogin | null, at: number): LabelView["access"] {
  const expiry = login?.expiresAt ?? null
  if (expiry === null) return "unknown"
  return expiry > at ? "valid" : "expired"
}
