import { isBundleFile, parseBundleFile } from "../domain/claude-bundle-file.ts"
import { claudeIdentity } from "../domain/claude-identity.ts"
import { compareIdentities, describeIdentity, type Identity } from "../domain/identity.ts"
import { AimError, errnoOf, fail } from "../system/errors.ts"
import { exposedBy, standingAt } from "../system/exposure.ts"
import { readBytes } from "../system/read-bytes.ts"
import { isSealed } from "../system/sealed-header.ts"
import { Secret } from "../system/secret.ts"

const MAX_BYTES = 1024 * 1024
const FORCE = "name another file, or overwrite it with --force"

/**
 * Stops where a login must not be written to this path. With `force` only what can't be written to
 * at all stops: a folder, a device, a folder that is not there.
 */
export async function checkExportPlace(
  path: string,
  identity: Identity,
  force: boolean,
): Promise<void> {
  const { standing, exposed } = look(path)
  if (standing === "other")
    return fail("export_unwritable", `${path} is no file`, "name a file with --out <file>")
  if (force) return
  if (exposed !== null)
    return fail(
      "export_place_exposed",
      `other users of this machine can get at ${exposed}, and the file would be a whole login`,
      "name a file in a folder of your own (chmod 700), or write it there with --force",
    )
  if (standing === "file") await checkContent(path, identity)
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

/** Only another export may be written over, and not one that is known to be another account's. */
async function checkContent(path: string, identity: Identity): Promise<void> {
  const found = await readBytes(path, MAX_BYTES)
  if (found.kind === "bytes" && isSealed(found.bytes)) return
  const text = new Secret(found.kind === "bytes" ? new TextDecoder().decode(found.bytes) : "")
  if (!isBundleFile(text))
    return fail(
      "export_file_not_a_bundle",
      `${path} is there, and is no native Claude bundle`,
      FORCE,
    )
  const held = identityIn(text, path)
  if (held !== null && compareIdentities(held, identity) === "different")
    return fail(
      "export_file_of_another",
      `${path} holds the login of ${describeIdentity(held)}, not that of ${describeIdentity(identity)}`,
      FORCE,
    )
}

/** Null for a file that nothing could be imported from. */
function identityIn(text: Secret, path: string): Identity | null {
  try {
    return claudeIdentity(parseBundleFile(text, path))
  } catch (error) {
    if (error instanceof AimError) return null
    throw error
  }
}
