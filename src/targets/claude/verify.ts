import type { JsonObject } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import type { Problem } from "../../system/errors.ts"
import type { KeychainItem } from "./keychain.ts"
import { look } from "./look.ts"
import { bundleToWrite } from "./record.ts"
import { wantedIn } from "./wanted.ts"

/**
 * Reads a store again and compares it with the record, tokens included; null when it holds exactly
 * that login, so that writing the record once more would change nothing.
 */
export async function verifyRecord(
  store: Store,
  item: KeychainItem | null,
  record: JsonObject,
): Promise<Problem | null> {
  const seen = await look(store, item)
  if (seen.credentials.kind === "unreadable") return seen.credentials.problem
  if (seen.state.kind === "unreadable") return seen.state.problem
  if (seen.credentials.kind === "absent") return mismatch(`${store.file} is not there`)
  const { oauthLacks, stateLacks } = wantedIn(bundleToWrite(record), seen)
  if (oauthLacks.length > 0)
    return mismatch(`${store.file} holds another ${oauthLacks.join(", ")} than was written`)
  if (stateLacks.length > 0)
    return mismatch(`${store.appState} holds another ${stateLacks.join(", ")} than was written`)
  return null
}

function mismatch(message: string): Problem {
  return {
    code: "claude_readback_mismatch",
    message,
    hint: "another program wrote it meanwhile; see aim claude show, then run the command again",
  }
}
