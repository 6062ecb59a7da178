import * as v from "valibot"
import { flagOrNull, said, text, textOrNull, timeOrNull } from "../../domain/schema-parts.ts"
import { storedReceipt, unsupported } from "./parts.ts"

const unread = said(v.null(), "only a file of the client could tell")

const client = {
  source: said(textOrNull, "the authority that labels were imported from"),
  importedAt: textOrNull,
  importedLabels: v.array(text),
  activeLabel: said(textOrNull, "the label that the client was last switched to"),
  activeAccountPresent: v.boolean(),
  activeCredentialPresent: v.boolean(),
  lastSelectionReceipt: storedReceipt,
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
  lastWatchReceipt: storedReceipt,
})

export const ClaudeStatus = v.object({
  unsupported_yet: unsupported,
  ...client,
  claudeDir: text,
  credentialsPath: text,
  appStatePath: text,
  expectedSubscriptionType: textOrNull,
  expectedEmailAddress: textOrNull,
  expectedOrganizationName: textOrNull,
  expectedOrganizationUuid: textOrNull,
  actualSubscriptionType: unread,
  actualEmailAddress: unread,
  actualOrganizationName: unread,
  actualOrganizationUuid: unread,
  inferredLabel: unread,
  readback: v.object({
    exists: flagOrNull,
    ok: flagOrNull,
    credentialsPath: text,
    appStatePath: text,
    credentials: unread,
    appState: unread,
    nativeClaudeBundle: unread,
    summary: unread,
  }),
  authStatus: v.object({ available: flagOrNull, commandPath: textOrNull }),
  authOverrideEnv: said(v.array(text), "variables that rule over the stored login, by name"),
})

export const PiStatus = v.object({
  unsupported_yet: unsupported,
  ...client,
  agentDir: text,
  authPath: text,
  expectedAccountId: textOrNull,
  actualAccountId: unread,
  inferredLabel: unread,
  readback: v.object({ exists: flagOrNull, authPath: text }),
})
