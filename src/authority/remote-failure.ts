import { readWireJson } from "../domain/authority/wire-json.ts"
import { asObject } from "../domain/document.ts"
import { fail } from "../system/errors.ts"
import type { SshLocator } from "./locator.ts"
import { remoteLine, remoteText } from "./remote-line.ts"
import type { RemoteResult } from "./ssh.ts"

/** What a remote aim says of itself, as far as it is ours to pass on. */
type Said = { code: string; message: string; hint: string | undefined }

/** Codes that mean here what they mean there. */
const PASSED_ON = /^(promotion_\w+|identity_mismatch|login_already_labelled|unknown_label)$/
const DISK_FULL = /ENOSPC|EDQUOT|EFBIG|SQLITE_FULL|No space left on device|Disk quota exceeded/i
/** The reference's words for a lost compare-and-swap (aimgr 4404b27 §6.9). */
const CHANGED = /authority credentials changed since/

/** The code of the problem that a remote aim ended with, or null. */
export function remoteCode(result: RemoteResult): string | null {
  return saidBy(result)?.code ?? null
}

/** Stops with what a command on the authority's host ended with. */
export function failRemote(locator: SshLocator, result: RemoteResult): never {
  const { display } = locator
  const said = saidBy(result)
  const line = remoteLine(result.stderr)
  const message = said?.message ?? line ?? `it ended with code ${result.code} and said nothing`
  if (DISK_FULL.test(`${message} ${line ?? ""}`))
    return fail(
      "authority_disk_full",
      `${display} has no room left on its disk (${message})`,
      "make room there, then run the command again; nothing was changed on either side",
    )
  if (said?.code === "state_missing" || /No such file or directory/.test(message))
    return fail(
      "authority_state_missing",
      `${display} has no state file where the locator says (${message})`,
      "name the file behind the host, as in user@host:path",
    )
  const code = codeOf(said, message)
  return fail(code, `${display}: ${message}`, hintOf(code, said?.hint))
}

/** A refused promotion is mended by whoever made it; any other failure where it happened. */
function hintOf(code: string, said: string | undefined): string {
  if (said === undefined) return HINT
  return code.startsWith("promotion_") ? said : `there: ${said}`
}

const HINT = "see what is wrong on that machine, then run the command again"

function codeOf(said: Said | null, message: string): string {
  if (CHANGED.test(message)) return "promotion_conflict"
  if (said !== null && PASSED_ON.test(said.code)) return said.code
  return "authority_failed"
}

/** `{ok: false, error: {code, message, hint?}}`, the form of every failure of aim in JSON. */
function saidBy({ stdout }: RemoteResult): Said | null {
  const read = readWireJson(stdout)
  const error = read.kind === "object" ? asObject(read.object.error) : null
  if (error === null) return null
  const { code, message, hint } = error
  if (typeof code !== "string" || typeof message !== "string") return null
  const way = typeof hint === "string" ? remoteText(hint) : undefined
  return { code: /^[a-z_]{1,60}$/.test(code) ? code : "", message: remoteText(message), hint: way }
}
