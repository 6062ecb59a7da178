import { join } from "node:path"
import { type BrowserBinding, browserBinding } from "../domain/browser-binding.ts"
import { asObject } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"

/** How a label logs in, under the reference's names. */
export type LoginStatus = {
  mode: string
  bindingPresent: boolean
  binding?: BrowserBinding
}

/** What the state file says of a label's browser. */
export type BrowserStatus = {
  bindingPresent: boolean
  /** False without a binding; null where one stands and nobody has looked at the disk. */
  exists: boolean | null
  mode: string | null
  seededFromOpenclawProfileId: string | null
  seededAt: string | null
  verifiedAt: string | null
  resolvedPath: string | null
  resolvedMode: string | null
}

/** The login mode of an account; undefined where none is stored (the reference leaves it out). */
export function loginStatus(account: JsonObject): LoginStatus | undefined {
  const mode = text(asObject(account.reauth)?.mode)
  if (mode === null) return undefined
  const binding = mode === "browser-managed" ? browserBinding(account) : null
  const bindingPresent = binding !== null
  return { mode, bindingPresent, ...(binding === null ? {} : { binding }) }
}

export function browserStatus(account: JsonObject, label: Label, userHome: string): BrowserStatus {
  const browser = asObject(account.browser)
  const binding = browserBinding(account)
  return {
    bindingPresent: binding !== null,
    exists: binding === null ? false : null,
    mode: text(browser?.mode),
    seededFromOpenclawProfileId: text(browser?.seededFromOpenclawProfileId),
    seededAt: text(browser?.seededAt),
    verifiedAt: text(browser?.verifiedAt),
    resolvedPath: binding === null ? null : resolvedPath(binding, label, userHome),
    resolvedMode: binding?.mode ?? null,
  }
}

/** Where the profile lies: the reference's own folder for `aim-profile`, else what is stored. */
function resolvedPath(binding: BrowserBinding, label: Label, userHome: string): string | null {
  if (binding.mode === "aim-profile") return join(userHome, ".aimgr", "browser", label, "user-data")
  return binding.mode === "chrome-profile" ? binding.userDataDir : binding.agentBrowserProfile
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}
