import type { InferOutput } from "valibot"
import { bundleOf, textIn } from "../../domain/claude/bundle.ts"
import {
  activeLabel,
  asObject,
  credentialRecord,
  type Document,
  targetBlock,
} from "../../domain/document.ts"
import { importStatus } from "../../domain/import/status.ts"
import type { JsonObject } from "../../domain/login.ts"
import type { StoreView } from "../../domain/store.ts"
import { storedLogin } from "../../domain/stored-login.ts"
import type { Held } from "../../pool/stores.ts"
import { fail } from "../../system/errors.ts"
import type { Homes } from "../../system/homes.ts"
import { findProgram } from "../../system/which.ts"
import type { Target } from "../../targets/target.ts"
import { type ClaudeStoreView, claudeReadback, personOf } from "./claude-readback.ts"
import { primaryOf } from "./client.ts"
import type * as schema from "./schema/clients.ts"
import { storedReceipt, storedText } from "./stored.ts"

export type ClaudeStatus = InferOutput<typeof schema.ClaudeStatus>

/** Claude Code's block in status, by the vault and by its own files; no `claude` is started. */
export async function claudeStatus(
  target: Target,
  document: Document,
  stores: readonly Held[],
  homes: Homes,
): Promise<ClaudeStatus> {
  const held = primaryOf(target, stores)
  const view = asClaude(await target.describe(held.store))
  const block = targetBlock(document, target.vaultKey)
  const active = activeLabel(document, target.vaultKey)
  const key = active === null ? null : { provider: target.provider, label: active }
  const imported = importStatus(document, target.provider)
  const { claude } = view
  const actual = {
    actualSubscriptionType: claude.subscriptionType,
    actualEmailAddress: claude.byAccount?.email ?? null,
    actualOrganizationName: claude.organizationName,
    actualOrganizationUuid: claude.byAccount?.workspace ?? claude.byTokens?.workspace ?? null,
  }
  return {
    source: imported.source,
    importedAt: imported.importedAt,
    importedLabels: imported.labels,
    claudeDir: held.store.home,
    credentialsPath: held.store.file,
    appStatePath: claude.appStatePath,
    activeLabel: active,
    activeAccountPresent: active !== null && Object.hasOwn(document.accounts, active),
    activeCredentialPresent: key !== null && storedLogin(document, key) !== null,
    ...expected(active === null ? null : credentialRecord(document, target.provider, active)),
    ...actual,
    inferredLabel: held.owner?.label ?? null,
    relation: held.owner?.relation ?? null,
    contradiction:
      claude.agree === false
        ? { byTokens: personOf(claude.byTokens), byAccount: personOf(claude.byAccount) }
        : null,
    readback: claudeReadback(view),
    keychain: { state: claude.keychain, service: claude.keychainService },
    authStatus: authStatus(view, actual, findProgram(homes, "claude")),
    authOverrideEnv: claude.overrideEnv,
    sourceHomes: Object.keys(asObject(block.sourceHomes) ?? {}),
    lastSelectionReceipt: storedReceipt(block.lastSelectionReceipt),
    lastWatchReceipt: storedReceipt(block.lastWatchReceipt),
    lastAppliedAt: storedText(block.lastAppliedAt),
  }
}

/** Whose login the active label's is, by its summary or by its bundle. */
function expected(record: JsonObject | null) {
  const { claudeAiOauth, oauthAccount } = bundleOf(record) ?? {
    claudeAiOauth: {},
    oauthAccount: {},
  }
  const of = (name: string, bundled: JsonObject) =>
    storedText(record?.[name]) ?? textIn(bundled, name)
  return {
    expectedSubscriptionType: of("subscriptionType", claudeAiOauth),
    expectedEmailAddress: of("emailAddress", oauthAccount),
    expectedOrganizationName: of("organizationName", oauthAccount),
    expectedOrganizationUuid: of("organizationUuid", oauthAccount),
  }
}

/**
 * What Claude Code 2.1.329 would say of itself. Its own `claude auth status` renews the tokens on
 * the way, so nothing here asks it.
 */
function authStatus(
  { claude, authMode }: ClaudeStoreView,
  actual: Pick<
    ClaudeStatus,
    | "actualEmailAddress"
    | "actualOrganizationName"
    | "actualOrganizationUuid"
    | "actualSubscriptionType"
  >,
  commandPath: string | null,
): ClaudeStatus["authStatus"] {
  const { credentialsProblem, appStateProblem, loggedIn } = claude
  const problem = credentialsProblem ?? appStateProblem
  const overruled = authMode !== null && authMode !== "claude.ai"
  const said = { available: commandPath !== null, commandPath, ok: problem === null }
  const nobody = { email: null, orgId: null, orgName: null, subscriptionType: null }
  if (problem !== null && !overruled)
    return {
      ...said,
      loggedIn: null,
      authMethod: null,
      apiProvider: null,
      ...nobody,
      error: problem.message,
    }
  return {
    ...said,
    loggedIn: loggedIn || overruled,
    authMethod: overruled ? authMode : loggedIn ? "claude.ai" : "none",
    apiProvider: overruled ? "override" : loggedIn ? "firstParty" : "none",
    ...(loggedIn
      ? {
          email: actual.actualEmailAddress,
          orgId: actual.actualOrganizationUuid,
          orgName: actual.actualOrganizationName,
          subscriptionType: actual.actualSubscriptionType,
        }
      : nobody),
    error: problem?.message ?? null,
  }
}

function asClaude(view: StoreView): ClaudeStoreView {
  const { claude } = view
  if (claude === undefined) return fail("no_claude_store", `${view.home} is no home of Claude Code`)
  return { ...view, claude }
}
