import type { InferOutput } from "valibot"
import type { Identity } from "../../domain/identity.ts"
import type { ClaudeView, StoreView } from "../../domain/store.ts"
import { parseIso } from "../../system/time.ts"
import type * as schema from "./schema/clients.ts"

type Readback = InferOutput<typeof schema.ClaudeStatus>["readback"]

export type ClaudeStoreView = StoreView & { claude: ClaudeView }

/** What Claude Code's files hold, under the reference's names; each file for itself besides. */
export function claudeReadback(view: ClaudeStoreView): Readback {
  const { claude, exists, holds, authPath, problem } = view
  const { credentialsProblem, appStateProblem, hasTokens, hasAccount, missing } = claude
  const isWhole = missing.length === 0
  return {
    exists,
    ok: problem === null && isWhole,
    holds,
    error: problem?.message ?? null,
    credentialsPath: authPath,
    appStatePath: claude.appStatePath,
    credentials: {
      exists,
      ok: exists && credentialsProblem === null,
      error: credentialsProblem?.message ?? null,
      mode: view.mode,
      symlinkTarget: view.symlinkTarget,
      providerEntryPresent: hasTokens,
    },
    appState: {
      exists: claude.appStateExists,
      ok: claude.appStateExists && appStateProblem === null,
      error: appStateProblem?.message ?? null,
      mode: claude.appStateMode,
      symlinkTarget: claude.appStateSymlinkTarget,
      oauthAccountPresent: hasAccount,
    },
    nativeClaudeBundle: hasTokens || hasAccount ? bundleIn(view) : null,
    summary: hasTokens || hasAccount ? summaryOf(view) : null,
  }
}

/** An identity under Claude's own names. */
export function personOf(identity: Identity | null) {
  if (identity === null) return null
  const uuid = identity.users.find(({ claim }) => claim === "accountUuid")?.id ?? null
  return { accountUuid: uuid, organizationUuid: identity.workspace, email: identity.email }
}

function bundleIn({ claude, expiresAt }: ClaudeStoreView): Readback["nativeClaudeBundle"] {
  const [tokens, account] = [personOf(claude.byTokens), personOf(claude.byAccount)]
  return {
    claudeAiOauth: {
      accountUuid: tokens?.accountUuid ?? null,
      organizationUuid: tokens?.organizationUuid ?? null,
      subscriptionType: claude.subscriptionType,
      rateLimitTier: claude.rateLimitTier,
      scopes: claude.scopes,
      expiresAt: parseIso(expiresAt),
      refreshTokenExpiresAt: parseIso(claude.refreshTokenExpiresAt),
    },
    oauthAccount: {
      accountUuid: account?.accountUuid ?? null,
      emailAddress: account?.email ?? null,
      organizationName: claude.organizationName,
      organizationUuid: account?.organizationUuid ?? null,
    },
    complete: claude.missing.length === 0,
    missing: claude.missing,
  }
}

function summaryOf({ claude, expiresAt }: ClaudeStoreView): Readback["summary"] {
  const { byTokens, byAccount, subscriptionType, rateLimitTier, scopes } = claude
  return {
    expiresAt,
    subscriptionType,
    rateLimitTier,
    scopes,
    emailAddress: byAccount?.email ?? null,
    organizationName: claude.organizationName,
    organizationUuid: byAccount?.workspace ?? byTokens?.workspace ?? null,
  }
}
