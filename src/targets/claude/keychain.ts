import type { Store } from "../../domain/store.ts"
import { sha256 } from "../../system/hash.ts"
import type { Homes } from "../../system/homes.ts"
import { runChild } from "../../system/spawn.ts"
import { SECOND } from "../../system/time.ts"
import { nameOf } from "./home.ts"
import type { ClaudeMachine } from "./machine.ts"

/** The item of a macOS Keychain in which Claude Code keeps what else is `.credentials.json`. */
export type KeychainItem = { service: string; account: string; security: string }

export type ItemRead =
  | { kind: "none" }
  | { kind: "text"; text: string }
  /** The Keychain is locked, as it is over SSH. */
  | { kind: "locked" }
  | { kind: "failed"; why: string }

export type ItemWrite =
  | { kind: "written" }
  | { kind: "locked" }
  /** It can't be handed over without showing it to every program of this machine. */
  | { kind: "too_long" }
  | { kind: "failed"; why: string }

const SERVICE = "Claude Code-credentials"
/** What Claude Code 2.1.329 takes for an account's name; another user is `claude-code-user`. */
const ACCOUNT = /^[a-zA-Z0-9._-]+$/
const ANY_ACCOUNT = "claude-code-user"
const NO_ITEM = 44
const LOCKED = 36
const LIMIT = { timeoutMs: 2 * SECOND }
/** `security -i` reads its commands line by line into 4096 bytes; Claude Code stops here. */
const LONGEST_LINE = 4_032

/**
 * The item of this store, by Claude Code's own names (read in the binary of 2.1.329); null on a
 * machine without a Keychain, and in a chosen home: a sandbox must not reach the user's Keychain.
 */
export function keychainItem(
  homes: Homes,
  machine: ClaudeMachine,
  store: Store,
): KeychainItem | null {
  if (machine.platform !== "darwin" || homes.sandboxed) return null
  const user = homes.env.USER || machine.user || ANY_ACCOUNT
  return {
    service: `${SERVICE}${suffixOf(homes, store)}`,
    account: ACCOUNT.test(user) ? user : ANY_ACCOUNT,
    security: machine.security,
  }
}

function suffixOf(homes: Homes, { home, named }: Store): string {
  const dir = named ?? nameOf(homes, home)
  return dir === "" ? "" : `-${sha256(dir.normalize("NFC")).slice(0, 8)}`
}

/** Reads the item, as Claude Code does; an old one may be in hexadecimal. */
export async function readItem(item: KeychainItem): Promise<ItemRead> {
  const { service, account, security } = item
  const argv = [security, "find-generic-password", "-a", account, "-w", "-s", service]
  const { code, stdout, timedOut } = await runChild(argv, LIMIT)
  if (timedOut) return { kind: "failed", why: "no answer in 2 s" }
  if (code === NO_ITEM) return { kind: "none" }
  if (code === LOCKED) return { kind: "locked" }
  if (code !== 0) return { kind: "failed", why: `security exited ${code}` }
  const text = stdout.trim()
  if (text === "") return { kind: "none" }
  return { kind: "text", text: isHex(text) ? Buffer.from(text, "hex").toString("utf8") : text }
}

/**
 * Writes the item and reads it again. The text goes to `security -i` on its input, never as an
 * argument: in hexadecimal as Claude Code does it, or, where that line is too long, as a quoted word
 * (half the length). One that is longer still Claude Code puts on the command line; aim does not.
 */
export async function writeItem(item: KeychainItem, text: string): Promise<ItemWrite> {
  const ascii = asAscii(text)
  const hex = `-X "${Buffer.from(text, "utf8").toString("hex")}"`
  const plain = `-w "${ascii.replace(/[\\"]/g, (sign) => `\\${sign}`)}"`
  const line = [hex, plain].map((word) => commandOf(item, word)).find(fits)
  if (line === undefined) return { kind: "too_long" }
  const { code, timedOut } = await runChild([item.security, "-i"], { ...LIMIT, stdin: line })
  if (timedOut) return { kind: "failed", why: "no answer in 2 s" }
  if (code === LOCKED) return { kind: "locked" }
  const found = await readItem(item)
  if (found.kind === "text" && (found.text === text || found.text === ascii))
    return { kind: "written" }
  if (found.kind === "locked") return found
  return { kind: "failed", why: code === 0 ? "it did not arrive" : `security exited ${code}` }
}

/** Removes the item; true when it is gone. */
export async function deleteItem({ service, account, security }: KeychainItem): Promise<boolean> {
  const argv = [security, "delete-generic-password", "-a", account, "-s", service]
  const { code } = await runChild(argv, LIMIT)
  return code === 0 || code === NO_ITEM
}

function commandOf({ service, account }: KeychainItem, word: string): string {
  return `add-generic-password -U -a "${account}" -s "${service}" ${word}\n`
}

function fits(line: string): boolean {
  return Buffer.byteLength(line) <= LONGEST_LINE
}

/** The same JSON in ASCII on one line, since other texts come back out of a Keychain in hexadecimal. */
function asAscii(json: string): string {
  return JSON.stringify(JSON.parse(json)).replace(
    /[^\x20-\x7e]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}

/** JSON begins with a brace, so a text of nothing but hexadecimal digits is one that was encoded. */
function isHex(text: string): boolean {
  return /^(?:[0-9a-f]{2})+$/i.test(text)
}
