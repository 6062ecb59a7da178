import { recordFields } from "../../../src/domain/claude/bundle.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import { Secret } from "../../../src/system/secret.ts"

export const AT = Date.parse("2026-11-21T10:00:00Z")

/** A vault record of a synthetic Claude login. */
export function recordOf(oauth: JsonObject = {}, account: JsonObject = {}): JsonObject {
  return recordFields({
    claudeAiOauth: {
      accessToken: new Secret("sk-ant-oat01-AIMCANARY-a1"),
      refreshToken: new Secret("sk-ant-ort01-AIMCANARY-r1"),
      expiresAt: AT,
      refreshTokenExpiresAt: AT + 1_000_000,
      scopes: ["user:inference", "user:profile"],
      subscriptionType: "max",
      rateLimitTier: "default_claude_max_20x",
      accountUuid: "acc-1",
      organizationUuid: "org-1",
      ...oauth,
    },
    oauthAccount: {
      accountUuid: "acc-1",
      emailAddress: "boss@example.com",
      organizationName: "Org",
      organizationUuid: "org-1",
      ...account,
    },
  })
}
