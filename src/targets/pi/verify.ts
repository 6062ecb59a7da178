import type { JsonObject } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import type { Problem } from "../../system/errors.ts"
import { credentialOf } from "../chatgpt-login.ts"
import { differences } from "./entry.ts"
import { readAuth } from "./read.ts"

/**
 * Reads a Pi home again and compares it with the record, tokens included; null when it holds
 * exactly that login, so that writing the record once more would change nothing.
 */
export async function verifyRecord(store: Store, record: JsonObject): Promise<Problem | null> {
  const { parsed } = await readAuth(store)
  if (parsed === null) return mismatch(`${store.file} is not there`)
  if (parsed.kind === "unreadable") return parsed.problem
  const names = differences(credentialOf(record, "pi"), parsed.entry)
  return names.length === 0
    ? null
    : mismatch(`${store.file} holds another ${names.join(", ")} than was written`)
}

function mismatch(message: string): Problem {
  return {
    code: "pi_readback_mismatch",
    message,
    hint: "another program wrote the file meanwhile; see aim pi show, then run the command again",
  }
}
