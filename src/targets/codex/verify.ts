import type { JsonObject } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import type { Problem } from "../../system/errors.ts"
import { credentialOf } from "../chatgpt-login.ts"
import { readLoginFile } from "../login-file.ts"
import { parseAuthFile, unreadable } from "./auth-file.ts"
import { differences } from "./differences.ts"

/**
 * Reads a Codex home again and compares it with the record, tokens included; null when it holds
 * exactly that login, so that writing the record once more would change nothing.
 */
export async function verifyRecord(store: Store, record: JsonObject): Promise<Problem | null> {
  const found = await readLoginFile(store)
  if (found.kind === "absent") return mismatch(`${store.file} is not there`)
  if (found.kind === "unreadable")
    return unreadable(store.file, `can't be read (${found.why})`).problem
  const parsed = parseAuthFile(found.text, store.file)
  if (parsed.kind === "unreadable") return parsed.problem
  const names = differences(credentialOf(record, "codex"), parsed.auth)
  return names.length === 0
    ? null
    : mismatch(`${store.file} holds another ${[...new Set(names)].join(", ")} than was written`)
}

function mismatch(message: string): Problem {
  return {
    code: "codex_readback_mismatch",
    message,
    hint: "another program wrote the file meanwhile; see aim codex show, then run the command again",
  }
}
