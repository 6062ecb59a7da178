import { livePair, ownerOf } from "../../domain/adopt/owner.ts"
import { isBundleFile, parseBundleFile } from "../../domain/claude/bundle-file.ts"
import { claudeLogin } from "../../domain/claude/login.ts"
import type { Document } from "../../domain/document.ts"
import { compareIdentities, describeIdentity } from "../../domain/identity.ts"
import type { Login } from "../../domain/login.ts"
import { comparePairs } from "../../domain/pair.ts"
import { shellWord } from "../../domain/shell-word.ts"
import { AimError, errnoOf, fail } from "../../system/errors.ts"
import { exposedBy, standingAt } from "../../system/exposure.ts"
import { readBytes } from "../../system/read-bytes.ts"
import { openSealed } from "../../system/sealed-file.ts"
import { isSealed } from "../../system/sealed-header.ts"
import { Secret } from "../../system/secret.ts"

const MAX_BYTES = 1024 * 1024
const FORCE = "name another file, or overwrite it with --force"

/** What is to be written, and what is known of what may stand there. */
export type ToExport = {
  login: Login
  document: Document
  force: boolean
  /** What an encrypted file there is opened with; null: nothing; `later`: nobody was asked yet. */
  passphrase: Secret | null | "later"
}

/**
 * Stops where a login must not be written to this path. With `force` only what can't be written to
 * at all stops: a folder, a device, a folder that is not there.
 */
export async function checkExportPlace(path: string, what: ToExport): Promise<void> {
  const { standing, exposed } = look(path)
  if (standing === "other")
    return fail("export_unwritable", `${path} is no file`, "name a file with --out <file>")
  if (what.force) return
  if (exposed !== null)
    return fail(
      "export_place_exposed",
      `other users of this machine can get at ${exposed}, and the file would be a whole login`,
      "name a file in a folder of your own (chmod 700), or write it there with --force",
    )
  if (standing === "file") await checkContent(path, what)
}

/** A system's refusal to write, for the user. */
export function refuseWrite(path: string, error: unknown): never {
  const errno = errnoOf(error)
  if (error instanceof AimError || errno === null) throw error
  return fail(
    "export_unwritable",
    `${path} can't be written (${errno})`,
    "check the folder, its permissions, and the room on the disk; nothing was exported",
  )
}

function look(path: string) {
  try {
    const standing = standingAt(path)
    return { standing, exposed: exposedBy(path) }
  } catch (error) {
    return refuseWrite(path, error)
  }
}

/**
 * Only another export may be written over, and not one that is another account's, or that may hold
 * the only copy of a pair that is not older than the one to be written.
 */
async function checkContent(path: string, what: ToExport): Promise<void> {
  const found = await readBytes(path, MAX_BYTES)
  const bytes = found.kind === "bytes" ? await opened(path, found.bytes, what) : new Uint8Array()
  if (bytes === null) return
  const text = new Secret(new TextDecoder().decode(bytes))
  if (!isBundleFile(text))
    return fail(
      "export_file_not_a_bundle",
      `${path} is there, and is no native Claude bundle`,
      FORCE,
    )
  const held = loginIn(text, path)
  if (held === null) return
  const { login, document } = what
  if (compareIdentities(held.identity, login.identity) === "different")
    return fail(
      "export_file_of_another",
      `${path} holds the login of ${describeIdentity(held.identity)}, not that of ${describeIdentity(login.identity)}`,
      FORCE,
    )
  const stored = ownerOf(document, held)?.relation
  if (stored === "same" || stored === "older") return
  if (comparePairs({ ...livePair(login), formerPairs: [] }, livePair(held)) !== "newer") return
  if (endsBefore(held, login)) return
  fail(
    "export_file_newer",
    `${path} holds a login of ${describeIdentity(held.identity)} that is not older than this one, and that aim has nowhere else`,
    `take it in first (aim claude import-native <label> --in ${shellWord(path)}), or ${FORCE}`,
  )
}

/** The bytes of a bundle file; null for an encrypted one that is looked into later. */
async function opened(
  path: string,
  bytes: Uint8Array,
  { passphrase }: ToExport,
): Promise<Uint8Array | null> {
  if (!isSealed(bytes)) return bytes
  if (passphrase === "later") return null
  const unsealed = passphrase === null ? null : await openSealed(bytes, passphrase)
  if (unsealed?.kind === "opened") return unsealed.bytes
  return fail(
    "export_file_sealed",
    passphrase === null
      ? `${path} is encrypted, so that nobody can tell whose login would be lost`
      : `${path} does not open with this passphrase, so that nobody can tell whose login would be lost`,
    FORCE,
  )
}

/** Null for a file that nothing could be imported from. */
function loginIn(text: Secret, path: string): Login | null {
  try {
    return claudeLogin(parseBundleFile(text, path))
  } catch (error) {
    if (error instanceof AimError) return null
    throw error
  }
}

/** A moment earlier is older here, where a client's own renewals follow each other. */
function endsBefore({ expiresAt: first }: Login, { expiresAt: second }: Login): boolean {
  return first !== null && second !== null && first < second
}
