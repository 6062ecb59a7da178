import type { ClaudeBundle } from "../../domain/claude/bundle.ts"
import { parseBundleFile } from "../../domain/claude/bundle-file.ts"
import type { AskPassphrase } from "../../domain/conversation.ts"
import { fail } from "../../system/errors.ts"
import { readBytes } from "../../system/read-bytes.ts"
import { openSealed, type Unsealed } from "../../system/sealed-file.ts"
import { isSealed, readHeader } from "../../system/sealed-header.ts"
import { Secret } from "../../system/secret.ts"

const MAX_BYTES = 1024 * 1024

/** The login in a bundle file, encrypted or not; each fault of the file is an error of its own. */
export async function readBundleFile(
  file: string,
  passphrase: AskPassphrase,
): Promise<{ bundle: ClaudeBundle; encrypted: boolean }> {
  const bytes = await bytesOf(file)
  if (!isSealed(bytes))
    return { bundle: parseBundleFile(textOf(bytes, file), file), encrypted: false }
  const header = readHeader(bytes)
  if (typeof header === "string") return refuse(header, file)
  const unsealed = await openSealed(bytes, await passphrase("open"))
  if (unsealed.kind !== "opened") return refuse(unsealed.kind, file)
  return { bundle: parseBundleFile(textOf(unsealed.bytes, file), file), encrypted: true }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  const found = await readBytes(file, MAX_BYTES)
  if (found.kind === "absent")
    return fail("bundle_file_missing", `${file} does not exist`, "check the path behind --in")
  if (found.kind === "unreadable")
    return fail(
      "bundle_file_unreadable",
      `${file} can't be read (${found.why})`,
      "name a file of a native Claude bundle that you may read",
    )
  return found.bytes.length === 0 ? refuse("cut", file) : found.bytes
}

function textOf(bytes: Uint8Array, file: string): Secret {
  try {
    return new Secret(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    return fail(
      "bundle_not_json",
      `${file} is not valid JSON: it is no text`,
      "is it the right file?",
    )
  }
}

const AGAIN = "copy it again, or export it anew where it came from"
const FAULTS: Record<
  Exclude<Unsealed["kind"], "opened">,
  [code: string, what: string, hint: string]
> = {
  cut: ["bundle_cut_short", "is cut short: its end is missing", AGAIN],
  damaged: ["bundle_damaged", "is damaged: its bytes are not those that were written", AGAIN],
  wrong_passphrase: [
    "bundle_wrong_passphrase",
    "does not open with this passphrase",
    "the file itself is whole; try again with the passphrase that it was made with",
  ],
  unknown_version: [
    "bundle_encryption_unknown",
    "was encrypted in a way that this aim does not know",
    "use a newer aim",
  ],
  refused_parameters: [
    "bundle_encryption_refused",
    "asks for a key derivation that aim never uses, and was not made by aim",
    "do not trust it; export it anew where it came from",
  ],
}

function refuse(kind: keyof typeof FAULTS, file: string): never {
  const [code, what, hint] = FAULTS[kind]
  return fail(code, `${file} ${what}`, hint)
}
