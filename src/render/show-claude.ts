import { describeIdentity } from "../domain/identity.ts"
import type { ClaudeView } from "../domain/store.ts"
import type { Field } from "./layout/fields.ts"

/** What only a Claude store has: whose the tokens are, whose `oauthAccount` is, what overrules them. */
export function claudeFields(view: ClaudeView, authMode: string | null): Field[] {
  const { byTokens, byAccount, agree, keychain, subscriptionType, rateLimitTier, scopes } = view
  const overruled = authMode !== null && authMode !== "claude.ai"
  return [
    ["by its tokens", byTokens === null ? null : describeIdentity(byTokens)],
    ["by oauthAccount", byAccount === null ? null : describeIdentity(byAccount)],
    ["agree", agree === false ? "no: two accounts; `capture-native` refuses it" : null, "red"],
    ["app state", view.appStateExists ? `${view.appStatePath} (mode ${view.appStateMode})` : null],
    ["plan", [subscriptionType, rateLimitTier].filter((word) => word !== null).join(", ") || null],
    ["scopes", scopes.length === 0 ? null : scopes.join(" ")],
    ["keychain", keychain],
    ["logged in by", overruled ? `${authMode}, not by this login` : authMode],
  ]
}
