import * as v from "valibot"
import {
  flagOrNull,
  numberOrNull,
  said,
  text,
  textOrNull,
  timeOrNull,
} from "../../../domain/schema-parts.ts"
import { storedReceipt } from "./parts.ts"

const client = {
  source: said(textOrNull, "the authority that labels were imported from"),
  importedAt: textOrNull,
  importedLabels: v.array(text),
  activeLabel: said(textOrNull, "the label that the client was last switched to"),
  activeAccountPresent: v.boolean(),
  activeCredentialPresent: v.boolean(),
  lastSelectionReceipt: storedReceipt,
  lastWatchReceipt: storedReceipt,
  lastAppliedAt: textOrNull,
}

/** A store as it may be shown: named fields, no secrets, no foreign text. */
const readback = v.object({
  home: text,
  realHome: text,
  authPath: text,
  symlinkTarget: textOrNull,
  exists: v.boolean(),
  holds: said(text, "`absent`, `unreadable`, `unmanaged`, `blank` or `login`"),
  problem: v.nullable(v.object({ code: text, message: text, hint: v.exactOptional(text) })),
  authMode: textOrNull,
  accountId: textOrNull,
  email: textOrNull,
  expiresAt: timeOrNull,
  lastRefresh: textOrNull,
  hasApiKey: v.boolean(),
  mode: said(textOrNull, "permission bits in octal, such as `0600`"),
  storeMode: text,
  storeSource: text,
  storeConfigPath: text,
  storeError: textOrNull,
  ok: v.boolean(),
  error: textOrNull,
})

/** A client's block in status: the reference's names, its `readback` as named fields only. */
export const ClientStatus = v.object({
  ...client,
  homeDir: text,
  authPath: text,
  storeMode: text,
  storeSource: said(text, "`default` or `config`"),
  storeConfigPath: text,
  storeError: textOrNull,
  expectedAccountId: textOrNull,
  actualAccountId: textOrNull,
  inferredLabel: said(textOrNull, "the label that the home really holds, by token"),
  relation: said(textOrNull, "how the pair in the home stands to the stored one"),
  readback,
  sourceHomes: v.array(text),
})

/** One of Claude Code's two files by itself; `mode` is null for a Keychain item as well. */
const claudeFile = {
  exists: v.boolean(),
  ok: said(v.boolean(), "there, and such as Claude Code's is"),
  error: textOrNull,
  mode: said(textOrNull, "permission bits in octal, such as `0600`"),
  symlinkTarget: textOrNull,
}

/** Who a login belongs to, by one of the places that say so. */
const person = v.nullable(
  v.object({ accountUuid: textOrNull, organizationUuid: textOrNull, email: textOrNull }),
)

/** The login as it stands in Claude Code's files: named fields, no token. */
const claudeReadback = v.object({
  exists: v.boolean(),
  ok: said(v.boolean(), "a whole login, in files that can be read"),
  holds: said(text, "`absent`, `unreadable`, `unmanaged`, `blank` or `login`"),
  error: textOrNull,
  credentialsPath: text,
  appStatePath: text,
  credentials: v.object({
    ...claudeFile,
    providerEntryPresent: said(v.boolean(), "`claudeAiOauth` is there"),
  }),
  appState: v.object({
    ...claudeFile,
    oauthAccountPresent: said(v.boolean(), "`oauthAccount` is there"),
  }),
  nativeClaudeBundle: v.nullable(
    v.object({
      claudeAiOauth: v.object({
        accountUuid: textOrNull,
        organizationUuid: textOrNull,
        subscriptionType: textOrNull,
        rateLimitTier: textOrNull,
        scopes: v.array(text),
        expiresAt: said(numberOrNull, "epoch ms"),
        refreshTokenExpiresAt: said(numberOrNull, "epoch ms"),
      }),
      oauthAccount: v.object({
        accountUuid: textOrNull,
        emailAddress: textOrNull,
        organizationName: textOrNull,
        organizationUuid: textOrNull,
      }),
      complete: v.boolean(),
      missing: said(v.array(text), "what a whole login would have besides"),
    }),
  ),
  summary: v.nullable(
    v.object({
      expiresAt: timeOrNull,
      subscriptionType: textOrNull,
      rateLimitTier: textOrNull,
      scopes: v.array(text),
      emailAddress: textOrNull,
      organizationName: textOrNull,
      organizationUuid: textOrNull,
    }),
  ),
})

/** Claude Code's block: the reference's names, and its `readback` as named fields only. */
export const ClaudeStatus = v.object({
  ...client,
  claudeDir: text,
  credentialsPath: text,
  appStatePath: text,
  expectedSubscriptionType: textOrNull,
  expectedEmailAddress: textOrNull,
  expectedOrganizationName: textOrNull,
  expectedOrganizationUuid: textOrNull,
  actualSubscriptionType: said(textOrNull, "by the tokens; the other three by `oauthAccount`"),
  actualEmailAddress: textOrNull,
  actualOrganizationName: textOrNull,
  actualOrganizationUuid: textOrNull,
  inferredLabel: said(textOrNull, "the label that the home really holds, by token"),
  relation: said(textOrNull, "how the pair in the home stands to the stored one"),
  contradiction: said(
    v.nullable(v.object({ byTokens: person, byAccount: person })),
    "where the tokens are one account's and `oauthAccount` another's",
  ),
  readback: claudeReadback,
  keychain: v.object({
    state: said(textOrNull, "`text`, `none`, `locked` or `failed`; null where none is asked"),
    service: textOrNull,
  }),
  authStatus: said(
    v.object({
      available: said(v.boolean(), "there is a `claude`; aim never runs it"),
      commandPath: textOrNull,
      ok: v.boolean(),
      loggedIn: flagOrNull,
      authMethod: textOrNull,
      apiProvider: textOrNull,
      email: textOrNull,
      orgId: textOrNull,
      orgName: textOrNull,
      subscriptionType: textOrNull,
      error: textOrNull,
    }),
    "what `claude auth status` would say, by files and environment alone",
  ),
  authOverrideEnv: said(v.array(text), "variables that rule over the stored login, by name"),
  sourceHomes: v.array(text),
})

/** Pi's block: the reference's names, and its `readback` as named fields only. */
export const PiStatus = v.object({
  ...client,
  agentDir: text,
  authPath: text,
  expectedAccountId: textOrNull,
  actualAccountId: textOrNull,
  inferredLabel: said(textOrNull, "the label that the home really holds, by token"),
  relation: said(textOrNull, "how the pair in the home stands to the stored one"),
  readback: v.object({
    ...readback.entries,
    providerEntryPresent: said(v.boolean(), "`openai-codex` is there"),
    providerEntryType: said(textOrNull, "`oauth` or `api_key`"),
  }),
  sourceHomes: v.array(text),
})
