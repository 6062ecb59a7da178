import { codexAccountClaim, codexIdentity } from "../../domain/codex-identity.ts"
import { claimTime, readClaims } from "../../domain/jwt.ts"
import type { Login } from "../../domain/login.ts"
import type { Readback, Store } from "../../domain/store.ts"
import { sleep } from "../../system/clock.ts"
import { folderExists, resolveLinks } from "../../system/files.ts"
import type { FileText } from "../../system/read-file.ts"
import { Secret } from "../../system/secret.ts"
import { isoTime } from "../../system/time.ts"
import { readLoginFile } from "../login-file.ts"
import {
  entryIn,
  jsonOf,
  OURS,
  type ParsedAuth,
  type PiLogin,
  parseAuthFile,
  unreadable,
} from "./auth-file.ts"

/** Pi writes in place, under its lock: for so long a half-written file is waited for. */
const WRITE_PAUSE_MS = 50
const WRITE_LOOKS = 10

/** The last moment that a time text can name. */
const LATEST = 8.64e15

/** What a Pi home holds under aim's key. */
export async function readStore(store: Store): Promise<Readback> {
  const { found, parsed } = await readAuth(store)
  return readbackFrom(parsed, found)
}

type Read = { found: FileText; parsed: ParsedAuth | null }

/** The file as it is, and what it says; read again while Pi is just writing it. */
export async function readAuth(store: Store): Promise<Read> {
  let read = await readOnce(store)
  for (let look = 0; look < WRITE_LOOKS && isHalf(read); look++) {
    const writing = await isBeingWritten(store)
    if (writing) await sleep(WRITE_PAUSE_MS)
    // Once more after the lock has gone as well: it may have gone since the file was read.
    read = await readOnce(store)
    if (!writing) return read
  }
  return read
}

/** Pi empties its file before it writes into it (1.5.2): nothing in it is half of something as well. */
function isHalf({ found, parsed }: Read): boolean {
  return parsed?.kind === "unreadable" || (found.kind === "text" && found.text === "")
}

async function readOnce(store: Store): Promise<Read> {
  const found = await readLoginFile(store)
  return { found, parsed: parsedOf(found, store.file) }
}

/**
 * aim's own entry of the file, for a copy before it is replaced; null where there is none. The
 * other providers' entries stay where they are, so nothing of them goes into a copy.
 */
export async function heldText(store: Store): Promise<string | null> {
  const found = await readLoginFile(store)
  if (found.kind !== "text") return null
  const json = jsonOf(found.text)
  const at = entryIn(json)
  return at === null ? null : `{${JSON.stringify(OURS)}: ${json.slice(at.start, at.end)}}\n`
}

/** What a Pi home holds, as {@link readStore} says it, of a file that was read already. */
export function readbackFrom(parsed: ParsedAuth | null, found: FileText): Readback {
  if (parsed === null) return { kind: "absent" }
  if (parsed.kind === "unreadable") return parsed
  const stamp = found.kind === "text" ? found.stamp : ""
  const { entry } = parsed
  if (entry.kind === "api_key") return { kind: "unmanaged", what: "an API key", stamp }
  if (entry.kind === "none") return { kind: "blank", stamp, gone: true }
  if (new Secret(entry.login.refresh).blank) return { kind: "blank", stamp }
  return { kind: "login", login: loginIn(entry.login), stamp }
}

function parsedOf(found: FileText, file: string): ParsedAuth | null {
  if (found.kind === "absent") return null
  if (found.kind === "unreadable") return unreadable(file, `can't be read (${found.why})`)
  return parseAuthFile(found.text, file)
}

async function isBeingWritten({ file }: Store): Promise<boolean> {
  return folderExists(`${await resolveLinks(file).catch(() => file)}.lock`)
}

/**
 * The login inside an entry, its tokens sealed. The workspace is the access token's own, which is
 * the one that Pi sends on the wire (1.5.2): `accountId` beside it says something only where the
 * token does not. Pi keeps no id token and no time of refresh; the latter is the token's `iat`.
 */
function loginIn({ access: token, refresh: other, expires, accountId }: PiLogin): Login {
  const access = new Secret(token)
  const refresh = new Secret(other)
  const identity = codexIdentity({
    access,
    idToken: null,
    accountId: codexAccountClaim(access) ?? accountId ?? null,
  })
  const claims = readClaims(access)
  const expiresAt = claimTime(claims, "exp") ?? (Math.abs(expires) <= LATEST ? expires : null)
  const issued = claimTime(claims, "iat")
  return {
    provider: "openai-codex",
    access,
    refresh,
    expiresAt,
    identity,
    fields: {
      access,
      refresh,
      expiresAt: isoTime(expiresAt ?? 0),
      ...(identity.workspace === null ? {} : { accountId: identity.workspace }),
      ...(issued === null ? {} : { lastRefresh: isoTime(issued) }),
    },
  }
}
