import type { AskPassphrase } from "../domain/conversation.ts"
import { fail } from "../system/errors.ts"
import { readFirstLine } from "../system/first-line.ts"
import { namedPath } from "../system/homes.ts"
import { Secret } from "../system/secret.ts"
import type { Context } from "./command.ts"

/** Shorter ones are found by trying, whatever each guess costs. */
const SHORTEST = 8

export const PASSPHRASE_FILE = {
  "passphrase-file": {
    type: "string",
    valueHint: "file",
    description: "the passphrase is this file's first line; /dev/fd/3 is a descriptor",
  },
} as const

/** The passphrase from the file that was named, else typed without echo, a new one twice. */
export function passphraseBy({ homes, conversation }: Context, file?: string): AskPassphrase {
  return async (purpose) => {
    const given =
      file === undefined
        ? await typed(conversation.attended, purpose)
        : await inFile(namedPath(homes, file))
    if (given.reveal() === "") return fail("passphrase_empty", "the passphrase is empty", WAY)
    if (purpose === "new" && [...given.reveal()].length < SHORTEST)
      return fail("passphrase_too_short", `a passphrase has at least ${SHORTEST} letters`, WAY)
    return given
  }
}

const WAY = "type it at the terminal, or name a file with --passphrase-file <file>"

async function inFile(path: string): Promise<Secret> {
  const line = await readFirstLine(path)
  if (line instanceof Secret) return line
  return fail(
    "passphrase_file_unreadable",
    `no passphrase can be read from ${path} (${line.why})`,
    "its first line must be the passphrase",
  )
}

async function typed(attended: boolean, purpose: "new" | "open"): Promise<Secret> {
  if (!attended) return fail("passphrase_needed", "nobody is here who could type a passphrase", WAY)
  const { askSecret } = await import("../panel/ask-secret.ts")
  const first = await askSecret(purpose === "new" ? "New passphrase:" : "Passphrase:")
  if (first === null) return fail("passphrase_needed", "no passphrase was typed", WAY)
  if (purpose === "open") return first
  const second = await askSecret("The same again:")
  if (first.equals(second)) return first
  return fail("passphrases_differ", "the two passphrases are not the same", "try again")
}
