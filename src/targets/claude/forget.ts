import { contradicts } from "../../domain/claude/identity.ts"
import type { Login } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import { removeFile, resolveLinks, type StagedFile, writeAtomic } from "../../system/files.ts"
import { uncut } from "../../system/signals.ts"
import type { Applied } from "../target.ts"
import { refuseLostLocks } from "./client-locks.ts"
import { withoutAccount, withoutOauth } from "./compose.ts"
import type { KeychainItem } from "./keychain.ts"
import { takeFromKeychain } from "./keychain-store.ts"
import { look, type Seen, stampOf } from "./look.ts"
import { readbackOf } from "./read.ts"
import { stage, writeFailed } from "./stage.ts"

/**
 * Takes the login out of a store of Claude Code, under the locks that the caller holds, if it still
 * has `expectedStamp` and holds that login. The tokens go last: by them the next aim knows what a
 * killed one has begun.
 */
export async function forgetLogin(
  store: Store,
  item: KeychainItem | null,
  login: Login,
  expectedStamp: string,
): Promise<Applied> {
  const seen = await look(store, item)
  if (stampOf(seen) !== expectedStamp) return { kind: "moved" }
  const held = readbackOf(seen, store)
  if (held.kind !== "login" || !held.login.refresh.equals(login.refresh)) return { kind: "moved" }
  if (seen.credentials.kind !== "text") return { kind: "moved" }
  const { text } = seen.credentials
  return uncut(() => takeOut(store, item, seen, text))
}

async function takeOut(
  store: Store,
  item: KeychainItem | null,
  seen: Seen,
  credentials: string,
): Promise<Applied> {
  const rest = withoutOauth(credentials)
  const account = accountOfLogin(store, seen)
  const staged: StagedFile[] = []
  const changed: string[] = []
  try {
    const state = account && (await stage(account.file, withoutAccount(account.text), account.mode))
    if (state !== null) staged.push(state)
    const inFile = item === null || seen.source === "file"
    const file = inFile && rest !== null ? await stage(store.file, rest, 0o600) : null
    if (file !== null) staged.push(file)
    refuseLostLocks(store)
    if (account !== null && state !== null) {
      await state.place()
      changed.push(account.file)
    }
    if (!inFile) changed.push(...(await takeFromKeychain(item, rest)))
    else {
      await (file === null ? removeFile(await resolveLinks(store.file)) : file.place())
      changed.push(store.file)
    }
  } catch (error) {
    for (const each of staged) await each.drop()
    const back = account !== null && changed.includes(account.file)
    if (back) await writeAtomic(account.file, account.text, { mode: account.mode })
    return writeFailed(store, error, [])
  }
  return { kind: "applied", changed }
}

/** The app state with an account that is the tokens' own; null for one without, or another's. */
function accountOfLogin({ appState: file }: Store, { state, credentials }: Seen) {
  if (file === null || state.kind !== "text" || state.account === null) return null
  const claudeAiOauth = (credentials.kind === "text" ? credentials.oauth : null) ?? {}
  if (contradicts({ claudeAiOauth, oauthAccount: state.account })) return null
  return { file, text: state.text, mode: state.mode }
}
