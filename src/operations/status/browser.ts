import type { InferOutput } from "valibot"
import { aimProfileDir } from "../../browser/aim-profile.ts"
import { type BrowserBinding, browserBinding } from "../../domain/browser/binding.ts"
import { asObject } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import type { JsonObject } from "../../domain/login.ts"
import type * as schema from "./schema/account.ts"

export type LoginStatus = InferOutput<typeof schema.LoginStatus>
export type BrowserStatus = InferOutput<typeof schema.BrowserStatus>

/** The login mode of an account; undefined where none is stored (the reference leaves it out). */
export function loginStatus(account: JsonObject): LoginStatus | undefined {
  const mode = text(asObject(account.reauth)?.mode)
  if (mode === null) return undefined
  const binding = mode === "browser-managed" ? browserBinding(account) : null
  const bindingPresent = binding !== null
  return { mode, bindingPresent, ...(binding === null ? {} : { binding }) }
}

/** The browser that a label is bound to, under the reference's names. */
export function browserStatus(account: JsonObject, label: Label, stateDir: string): BrowserStatus {
  const browser = asObject(account.browser)
  const binding = browserBinding(account)
  return {
    bindingPresent: binding !== null,
    exists: binding === null ? false : null,
    mode: text(browser?.mode),
    seededFromOpenclawProfileId: text(browser?.seededFromOpenclawProfileId),
    seededAt: text(browser?.seededAt),
    verifiedAt: text(browser?.verifiedAt),
    resolvedPath: binding === null ? null : resolvedPath(binding, label, stateDir),
    resolvedMode: binding?.mode ?? null,
  }
}

/** Where the profile lies: the reference's own folder for `aim-profile`, else what is stored. */
function resolvedPath(binding: BrowserBinding, label: Label, stateDir: string): string | null {
  if (binding.mode === "aim-profile") return aimProfileDir(stateDir, label)
  return binding.mode === "chrome-profile" ? binding.userDataDir : binding.agentBrowserProfile
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}
