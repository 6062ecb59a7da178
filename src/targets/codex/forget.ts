import type { Login } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import { readLoginFile, removeLoginFile, writeLoginFile } from "../login-file.ts"
import type { Applied } from "../target.ts"
import { parseAuthFile } from "./auth-file.ts"
import { authWithoutLogin } from "./compose.ts"
import { readbackOf } from "./read.ts"

/**
 * Takes the login out of a Codex home, under the locks that the caller holds, if the file still has
 * `expectedStamp` and holds that login.
 */
export async function forgetLogin(
  store: Store,
  login: Login,
  expectedStamp: string,
): Promise<Applied> {
  const found = await readLoginFile(store)
  if (found.kind !== "text" || found.stamp !== expectedStamp) return { kind: "moved" }
  const held = readbackOf(found, store.file)
  if (held.kind !== "login" || !held.login.refresh.equals(login.refresh)) return { kind: "moved" }
  const parsed = parseAuthFile(found.text, store.file)
  if (parsed.kind === "unreadable") return { kind: "moved" }
  const rest = authWithoutLogin({ text: found.text, auth: parsed.auth })
  return rest === null ? removeLoginFile(store) : writeLoginFile(store, rest)
}
