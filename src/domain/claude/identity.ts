import type { Identity } from "../identity.ts"
import type { JsonObject } from "../login.ts"
import { bundleOf, type ClaudeBundle, textIn } from "./bundle.ts"

/**
 * Who a Claude login belongs to: the uuids in the tokens' own record first (Claude Code 2.1.329 puts
 * them there at a login and its refreshes keep them), then `oauthAccount`, which may be another's
 * where the uuids are missing: no refresh rewrites it. The workspace is the organisation.
 */
export function claudeIdentity({ claudeAiOauth, oauthAccount }: ClaudeBundle): Identity {
  const uuid = textIn(claudeAiOauth, "accountUuid")
  const trusted = uuid === null || !disagrees(claudeAiOauth, oauthAccount)
  const account = trusted ? oauthAccount : {}
  const user = uuid ?? textIn(account, "accountUuid")
  const email = textIn(account, "emailAddress")?.toLowerCase() ?? null
  return {
    provider: "anthropic",
    users: [
      ...(user === null ? [] : [{ claim: "accountUuid", id: user }]),
      ...(email === null ? [] : [{ claim: "emailAddress", id: email }]),
    ],
    workspace: textIn(claudeAiOauth, "organizationUuid") ?? textIn(account, "organizationUuid"),
    email,
  }
}

/** Whose a credential record is: its bundle says it, and where that is silent its summary. */
export function claudeRecordIdentity(record: JsonObject): Identity {
  const bundle = bundleOf(record) ?? { claudeAiOauth: {}, oauthAccount: {} }
  const said = claudeIdentity(bundle)
  const email = said.email ?? textIn(record, "emailAddress")?.toLowerCase() ?? null
  const users =
    email === null || said.email !== null
      ? said.users
      : [...said.users, { claim: "emailAddress", id: email }]
  return { ...said, users, email, workspace: said.workspace ?? textIn(record, "organizationUuid") }
}

/** True where the tokens' record and `oauthAccount` name two accounts, or two organisations. */
export function contradicts({ claudeAiOauth, oauthAccount }: ClaudeBundle): boolean {
  return disagrees(claudeAiOauth, oauthAccount)
}

function disagrees(oauth: JsonObject, account: JsonObject): boolean {
  return ["accountUuid", "organizationUuid"].some((key) => {
    const [inTokens, beside] = [textIn(oauth, key), textIn(account, key)]
    return inTokens !== null && beside !== null && inTokens !== beside
  })
}
