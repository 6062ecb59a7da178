import { aimProfileDir } from "../browser/aim-profile.ts"
import { signedInAt } from "../browser/local-state.ts"
import { type BrowserBinding, browserBinding } from "../domain/browser/binding.ts"
import { asObject, type Document } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import type { Finding } from "../domain/receipt.ts"
import type { Pool } from "../pool/pool.ts"
import { folderExists } from "../system/files.ts"
import { knownLabel } from "./account/known-label.ts"
import { isClaude } from "./browser/refuse-claude.ts"

/** How every Claude label is logged in, whether or not that is stored (aimgr 4404b27 §1.3). */
export const CLAUDE_MODE = "native-claude"

/** A label's binding in the reference's names (aimgr 4404b27 §5), and what lies there. */
export type BrowserView = {
  label: Label
  reauthMode: string | null
  binding:
    | { mode: "agent-browser"; profile: string | null; session: string | null }
    | {
        mode: "aim-profile" | "chrome-profile"
        userDataDir: string | null
        profileDirectory?: string
      }
    | null
  resolvedPaths: { userDataDir: string; profileDirectory: string | null } | null
  /** Whether the folder is there; null without a binding. */
  exists: boolean | null
  /** Who is signed in in that profile; null where it does not say. */
  signedIn: string | null
  warnings: Finding[]
}

/** `aim browser show <label>`: reads only. */
export async function showBrowser(pool: Pool, typed: string): Promise<BrowserView> {
  const { document } = await pool.vault.read()
  return browserView(pool, document, knownLabel(document, typed).label)
}

/** How one label's page is opened, and whether that can be. */
export async function browserView(
  pool: Pool,
  document: Document,
  label: Label,
): Promise<BrowserView> {
  const account = asObject(document.accounts[label]) ?? {}
  const mode = asObject(account.reauth)?.mode
  const own = isClaude(document, label) ? CLAUDE_MODE : null
  const reauthMode = typeof mode === "string" ? mode : own
  const binding = reauthMode === "manual-callback" ? null : browserBinding(account)
  const dir = binding === null ? null : profileDir(pool, binding, label)
  const inner = binding?.profileDirectory ?? null
  const expected = reauthMode !== "manual-callback" && own === null
  const missing = binding === null && expected
  return {
    label,
    reauthMode,
    binding: binding === null ? null : named(binding, dir),
    resolvedPaths: dir === null ? null : { userDataDir: dir, profileDirectory: inner },
    exists: dir === null ? null : await folderExists(dir),
    signedIn: dir === null ? null : await signedInAt(dir, inner ?? "Default"),
    warnings: missing
      ? [
          {
            kind: "binding_missing_for_future_reauth",
            reason: "binding_missing_for_future_reauth",
            label,
            detail: `\`${label}\` has no browser of its own for its next login`,
            hint: `aim browser set ${label} --mode aim-profile`,
          },
        ]
      : [],
  }
}

/** The folder of the bound profile. */
export function profileDir(pool: Pool, binding: BrowserBinding, label: Label): string | null {
  if (binding.mode === "aim-profile") return aimProfileDir(pool.vault.paths.dir, label)
  return binding.mode === "chrome-profile" ? binding.userDataDir : binding.agentBrowserProfile
}

function named(binding: BrowserBinding, dir: string | null): BrowserView["binding"] {
  const { mode, profileDirectory } = binding
  if (mode === "agent-browser") {
    return { mode, profile: binding.agentBrowserProfile, session: binding.agentBrowserSession }
  }
  return { mode, userDataDir: dir, ...(profileDirectory === null ? {} : { profileDirectory }) }
}
