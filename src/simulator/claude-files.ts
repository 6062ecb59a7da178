import { type ClaudeAccount, subscriptionOf } from "./claude-account.ts"
import type { ClaudeLogin } from "./claude-logins.ts"

/** What Claude Code keeps of one login, in two files. */
export type ClaudeFiles = {
  /** Of `.credentials.json`. */
  claudeAiOauth: {
    accessToken: string
    refreshToken: string
    expiresAt: number
    refreshTokenExpiresAt: number
    scopes: string[]
    subscriptionType: string
    subscriptionTypeSource: string
    rateLimitTier: string
    accountUuid: string
    organizationUuid: string
  }
  /** Of `.claude.json`. */
  oauthAccount: {
    accountUuid: string
    emailAddress: string
    organizationUuid: string
    organizationName: string
    displayName: string
    organizationRole: string
    workspaceRole: null
    hasExtraUsageEnabled: boolean
    billingType: string
  }
}

/** What `claude auth login` (2.1.329) writes for it, in its key order. */
export function claudeFiles(account: ClaudeAccount, login: ClaudeLogin): ClaudeFiles {
  return {
    claudeAiOauth: {
      accessToken: login.accessToken,
      refreshToken: login.refreshToken,
      expiresAt: login.expiresAt,
      refreshTokenExpiresAt: login.refreshTokenExpiresAt,
      scopes: [...login.scopes],
      subscriptionType: subscriptionOf(account),
      subscriptionTypeSource: "sign_in",
      rateLimitTier: account.rateLimitTier,
      accountUuid: account.accountUuid,
      organizationUuid: account.organizationUuid,
    },
    oauthAccount: {
      accountUuid: account.accountUuid,
      emailAddress: account.email,
      organizationUuid: account.organizationUuid,
      organizationName: account.organizationName,
      displayName: account.name,
      organizationRole: "admin",
      workspaceRole: null,
      hasExtraUsageEnabled: false,
      billingType: "stripe_subscription",
    },
  }
}
