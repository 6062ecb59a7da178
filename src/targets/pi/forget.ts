import type { Login } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import { readLoginFile, removeLoginFile, writeLoginFile } from "../login-file.ts"
import type { Applied } from "../target.ts"
import { parseAuthFile } from "./auth-file.ts"
import { refuseLostLock } from "./client-locks.ts"
import { authWithoutLogin } from "./entry.ts"
import { readbackFrom } from "./read.ts"

/**
 * Takes the login out of a Pi home, under the lock that the caller holds, if the file still has
 * `expectedStamp` and holds that login.
 */
export async function forgetLogin(
  store: Store,
  login: Login,
  expectedStamp: string,
): Promise<Applied> {
  const found = await readLoginFile(store)
  if (found.kind !== "text" || found.stamp !== expectedStamp) return { kind: "moved" }
  const held = readbackFrom(parseAuthFile(found.text, store.file), found)
  if (held.kind !== "login" || !held.login.refresh.equals(login.refresh)) return { kind: "moved" }
  await refuseLostLock(store)
  const rest = authWithoutLogin(found.text)
  return rest === null ? removeLoginFile(store) : writeLoginFile(store, rest)
}
