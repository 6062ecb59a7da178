import type { Homes } from "../system/homes.ts"
import { namedPath } from "../system/homes.ts"
import { refuseLocator } from "./refuse-locator.ts"
import { DEFAULT_REMOTE_PATH, remotePath } from "./remote-path.ts"

/** Where an authority's state file stands: on this machine, or on a host that ssh reaches. */
export type Locator = PathLocator | SshLocator
export type PathLocator = { kind: "path"; file: string; display: string }
export type SshLocator = {
  kind: "ssh"
  /** `user@host`, `host`, or a name of ssh_config. */
  target: string
  port: number | null
  /** As a shell there reads it: `$HOME/…`, absolute, or from the login's folder. */
  remotePath: string
  /** What the operator typed; it is recorded as the source of an import. */
  display: string
}

const SCP_LIKE = /^((?:[^/:\s@]+@)?(?:[^/:\s@[\]]+|\[[0-9a-fA-F:.%]+\])):(.*)$/s
const USER_AT_HOST = /^[^/:\s@]+@(?:[^/:\s@]+|\[[0-9a-fA-F:.%]+\])$/
const URL_FORM = /^ssh:\/\/(?:([^/@]*)@)?(\[[0-9a-fA-F:.%]+\]|[^/:@]*)(?::([^/]*))?(\/.*)?$/s

/**
 * Reads a locator as the reference does (aimgr 4404b27 §6.1): `ssh://[user@]host[:port][/path]`,
 * `user@host`, `[user@]host:path`, else a file of this machine. A host alone (a name of
 * ssh_config) is `ssh://studio`: without it `studio` is a file. Beyond the reference, `~/x` is
 * expanded here and there, and what ssh could take for an option, a password, or a text with
 * blanks is refused with exit 2.
 */
export function parseLocator(text: string, homes: Pick<Homes, "cwd" | "userHome">): Locator {
  const display = text.trim()
  if (display === "") return refuseLocator("missing_locator", "no authority is named")
  refuseControls(display)
  if (display.startsWith("-"))
    return refuseLocator("locator_is_option", "an authority can't begin with `-`")
  if (/^[a-z][\w+.-]*:\/\//i.test(display)) return urlLocator(display)
  if (USER_AT_HOST.test(display)) return sshLocator(display, null, DEFAULT_REMOTE_PATH, display)
  if (/^[A-Za-z]:\\/.test(display))
    return refuseLocator("locator_invalid", "a Windows path names no authority")
  const [, target, path] = SCP_LIKE.exec(display) ?? []
  // `user:password@host`: ssh would ask the name server for `user`, and the password is in the message.
  if (target !== undefined && !target.includes("@") && /^[^/]*@/.test(path ?? ""))
    return refusePassword()
  if (target !== undefined) return sshLocator(target, null, remotePath(path ?? ""), display)
  const file = namedPath(homes, display)
  return { kind: "path", file, display: file }
}

/** The text that names an authority, however it was typed: equal for two locators of one. */
export function authorityKey(locator: Locator): string {
  if (locator.kind === "path") return `file:${locator.file}`
  return `ssh:${locator.target}:${locator.port ?? ""}:${locator.remotePath}`
}

function urlLocator(display: string): Locator {
  const [, user, host, port, path] = URL_FORM.exec(display) ?? []
  if (host === undefined || host === "" || /[?#]/.test(display))
    return refuseLocator("locator_invalid", "this is no address of the form ssh://user@host/path")
  if (user?.includes(":")) return refusePassword()
  const name = user === undefined || user === "" ? "" : `${decoded(user)}@`
  return sshLocator(`${name}${host}`, portOf(port), remotePath(decoded(path ?? "/"), true), display)
}

function refusePassword(): never {
  return refuseLocator(
    "locator_has_password",
    "an address with a password in it is not taken",
    "leave it out: ssh logs in with its keys",
  )
}

function sshLocator(
  target: string,
  port: number | null,
  remotePath: string,
  display: string,
): SshLocator {
  const parts = target.split("@")
  if (parts.some((part) => part.startsWith("-")))
    return refuseLocator("locator_is_option", "neither user nor host can begin with `-`")
  if (parts.length > 2 || parts.includes("") || /[\s/]/.test(target))
    return refuseLocator("locator_invalid", "user and host of the authority can't be told apart")
  refuseControls(target)
  // ssh takes an IPv6 address without the brackets of an address.
  return { kind: "ssh", target: target.replace(/\[(.*)\]$/, "$1"), port, remotePath, display }
}

function portOf(text: string | undefined): number | null {
  if (text === undefined || text === "") return null
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port >= 1 && port <= 65_535) return port
  return refuseLocator("locator_invalid", "the port of the authority is no number of 1 to 65535")
}

function decoded(text: string): string {
  try {
    const plain = decodeURIComponent(text)
    refuseControls(plain)
    return plain
  } catch (error) {
    if (!(error instanceof URIError)) throw error
    return refuseLocator("locator_invalid", "the address has a `%` that encodes nothing")
  }
}

function refuseControls(text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text))
    refuseLocator("locator_invalid", "an authority can't hold control characters")
}
