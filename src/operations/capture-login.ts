import type { Adoption } from "../domain/adopt/as.ts"
import { labelForLogin } from "../domain/adopt/new-account.ts"
import { bundleOf, missingFrom } from "../domain/claude/bundle.ts"
import { describeIdentity } from "../domain/identity.ts"
import type { Label } from "../domain/label.ts"
import type { Login } from "../domain/login.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { firstLoginCommand } from "../domain/readiness.ts"
import type { Finding } from "../domain/receipt.ts"
import type { Readback, Store } from "../domain/store.ts"
import { type Healed, healStores } from "../pool/heal.ts"
import type { Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { recoverReplies } from "../pool/recover.ts"
import { fail } from "../system/errors.ts"
import type { Target } from "../targets/target.ts"
import { rememberHome } from "./capture/remember-home.ts"
import { statusOf, takeLogin } from "./capture/take-login.ts"

type LoginReadback = Extract<Readback, { kind: "login" }>

export type CaptureResult = {
  label: Label
  adoption: Adoption
  home: string
  identity: string
  accountId: string | null
  /** Set when the login's pair conflicts with the stored one: where it is kept. */
  quarantined: string | null
  warnings: Finding[]
  stores: Healed[]
}

/**
 * `aim <target> capture <label>`: adopts the login in a client's home as a label, checks whose it
 * is, remembers the home as a store. Nothing in that home changes, now or by this command's
 * healing; other stores that hold an older pair of the label are brought up to date.
 */
export async function captureLogin(
  pool: Pool,
  target: Target,
  typed: string,
  sourceHome: string | null,
): Promise<CaptureResult> {
  const store = sourceHome === null ? await target.primaryStore() : await target.storeAt(sourceHome)
  await recoverReplies(pool)
  const label = labelForLogin((await pool.vault.read()).document, typed)
  const login = await readLogin(target, store, label)
  const taken = await takeIn(pool, target, store, label, login)
  const result = { ...taken, stores: await healStores(pool, store) }
  const status = statusOf(taken.adoption)
  recordAct(pool, { action: `${target.id}_capture`, status, ...result }, target.id)
  return result
}

/** Takes the login of a store in as a label, under the label's lease. */
export async function takeIn(
  pool: Pool,
  target: Target,
  store: Store,
  label: Label,
  login: Login,
): Promise<Omit<CaptureResult, "stores">> {
  const { adoption, ...taken } = await takeLogin(pool, label, login, (document, at) =>
    rememberHome(document, target, store, label, { as: "capturedAt", at }),
  )
  return { ...taken, label, adoption, home: store.home }
}

/** A login that can be captured, or the reason why not, with the way out. */
export function readLogin(target: Target, store: Store, label: Label): Promise<Login> {
  return loginAt(target, store, wayIn(label, target.provider))
}

/** How a login comes into a home: aim makes a Codex one itself, Claude Code alone its own. */
const WAY_IN: Record<ProviderId, (label: Label) => string> = {
  "openai-codex": firstLoginCommand,
  anthropic: (label) =>
    `log in with \`claude auth login\`, then: aim claude capture-native ${label}`,
}

/** What to do to have a login where there is none. */
export function wayIn(label: Label, provider: ProviderId): string {
  return WAY_IN[provider](label)
}

/** The login in a store, for no label yet; stops where there is none, with `wayIn`, how one comes there. */
export async function loginAt(target: Target, store: Store, wayIn: string): Promise<Login> {
  const { blockers } = await target.obstacles(store)
  const mode = blockers.find(({ code }) => code.includes("store_mode") || code.includes("config"))
  if (mode !== undefined) return fail(mode.code, mode.message, mode.hint)
  const readback = await target.read(store)
  if (readback.kind === "login") return sureLogin(target, store, readback)
  if (readback.kind === "unreadable") {
    return fail(readback.problem.code, readback.problem.message, readback.problem.hint)
  }
  if (readback.kind === "unmanaged") {
    const { code, word } = KIND_OF_LOGIN[target.provider]
    return fail(code, `${store.file} holds ${readback.what}, not a ${word} login`, wayIn)
  }
  const why = readback.kind === "blank" ? "holds a login whose tokens were emptied" : "is not there"
  return fail("no_login_in_home", `${store.file} ${why}`, wayIn)
}

const KIND_OF_LOGIN: Record<ProviderId, { code: string; word: string }> = {
  "openai-codex": { code: "not_a_chatgpt_login", word: "ChatGPT" },
  anthropic: { code: "not_a_native_claude_login", word: "native Claude" },
}

/** A login that is whole and whose files agree on whose it is. */
function sureLogin(target: Target, store: Store, readback: LoginReadback): Login {
  const { login, contradiction } = readback
  if (contradiction !== undefined) {
    const { byTokens, byAccount } = contradiction
    return fail(
      "identity_contradiction",
      `the tokens in ${store.file} are ${describeIdentity(byTokens)}, but ${store.appState} says ${describeIdentity(byAccount)}`,
      "start Claude Code once with this login, or log in again over it (`claude auth login`), and capture it then",
    )
  }
  if (target.loginOf(login.fields) !== null) return login
  return fail(
    "missing_native_claude_bundle",
    `the login in ${store.file} is not whole: ${missingFrom(bundleOf(login.fields)).join(", ")} missing`,
    "start Claude Code once with this login, so that it completes its files, and capture it then",
  )
}
