import { join } from "node:path"
import { missingFrom, scopesOf, textIn } from "../../domain/claude/bundle.ts"
import { claudeIdentity, contradicts } from "../../domain/claude/identity.ts"
import type { Identity } from "../../domain/identity.ts"
import type { JsonObject } from "../../domain/login.ts"
import type { Store, StoreView } from "../../domain/store.ts"
import { isoTime } from "../../system/time.ts"
import { linkTarget, modeText } from "../file-facts.ts"
import type { KeychainItem } from "./keychain.ts"
import { look, type Seen } from "./look.ts"
import { NEEDED_SCOPE, type Overruled } from "./obstacles.ts"
import { asSecret, readbackOf } from "./read.ts"
import { configDirOf } from "./settings.ts"

const LATEST = 8.64e15

/** Reads a store for `show` and `status`; changes nothing. */
export async function describeStore(
  store: Store,
  item: KeychainItem | null,
  { method, env }: Overruled,
): Promise<StoreView> {
  const seen = await look(store, item)
  const { credentials, source } = seen
  const held = readbackOf(seen, store)
  const login = held.kind === "login" ? held.login : null
  return {
    home: store.home,
    realHome: store.realHome,
    authPath: store.file,
    symlinkTarget: await linkTarget(store.file),
    exists: credentials.kind !== "absent",
    holds: held.kind,
    problem: held.kind === "unreadable" ? held.problem : null,
    authMode: method ?? (login === null ? null : "claude.ai"),
    accountId: login?.identity.workspace ?? null,
    email: login?.identity.email ?? null,
    expiresAt: timeOf(login?.expiresAt),
    lastRefresh: null,
    hasApiKey: false,
    mode: credentials.kind === "text" ? modeText(credentials.mode) : null,
    storeMode: source,
    storeSource: "default",
    storeConfigPath: join(configDirOf(store), "settings.json"),
    storeError: null,
    claude: { ...(await claudeView(store, item, seen)), overrideEnv: env },
  }
}

async function claudeView(store: Store, item: KeychainItem | null, seen: Seen) {
  const { credentials, state } = seen
  const oauth = (credentials.kind === "text" ? credentials.oauth : null) ?? {}
  const account = (state.kind === "text" ? state.account : null) ?? {}
  const path = store.appState ?? ""
  return {
    appStatePath: path,
    appStateSymlinkTarget: await linkTarget(path),
    appStateExists: state.kind !== "absent",
    appStateMode: state.kind === "text" ? modeText(state.mode) : null,
    byTokens: named({ claudeAiOauth: oauth, oauthAccount: {} }),
    byAccount: named({ claudeAiOauth: {}, oauthAccount: account }),
    agree: agreement(oauth, account),
    organizationName: textIn(account, "organizationName"),
    scopes: scopesOf(oauth),
    subscriptionType: textIn(oauth, "subscriptionType"),
    rateLimitTier: textIn(oauth, "rateLimitTier"),
    credentialsProblem: credentials.kind === "unreadable" ? credentials.problem : null,
    appStateProblem: state.kind === "unreadable" ? state.problem : null,
    hasTokens: credentials.kind === "text" && credentials.oauth !== null,
    hasAccount: state.kind === "text" && state.account !== null,
    loggedIn: textIn(oauth, "accessToken") !== null && scopesOf(oauth).includes(NEEDED_SCOPE),
    missing: missingFrom({ claudeAiOauth: withTokensSealed(oauth), oauthAccount: account }),
    refreshTokenExpiresAt: timeOf(oauth.refreshTokenExpiresAt),
    keychain: seen.item,
    keychainService: item?.service ?? null,
  }
}

function withTokensSealed(oauth: JsonObject): JsonObject {
  const { accessToken, refreshToken } = oauth
  return { ...oauth, accessToken: asSecret(accessToken), refreshToken: asSecret(refreshToken) }
}

function agreement(oauth: JsonObject, account: JsonObject): boolean | null {
  const both = ["accountUuid", "organizationUuid"].some(
    (key) => textIn(oauth, key) !== null && textIn(account, key) !== null,
  )
  return both ? !contradicts({ claudeAiOauth: oauth, oauthAccount: account }) : null
}

function named(bundle: Parameters<typeof claudeIdentity>[0]): Identity | null {
  const identity = claudeIdentity(bundle)
  return identity.users.length === 0 && identity.workspace === null ? null : identity
}

function timeOf(at: unknown): string | null {
  return typeof at === "number" && at > 0 && at <= LATEST ? isoTime(at) : null
}
