import type { ClaudeBundle } from "../../domain/claude/bundle.ts"
import { setMember, withoutMember } from "../json/json-edit.ts"
import { membersOf } from "../json/json-members.ts"
import { ACCOUNT, FLAGS, OAUTH } from "./client-files.ts"

/** A credentials text with this login in it; nothing else of `current` changes. */
export function withOauth(current: string | null, { claudeAiOauth }: ClaudeBundle): string {
  return current === null
    ? JSON.stringify({ [OAUTH]: claudeAiOauth })
    : setMember(current, OAUTH, claudeAiOauth, [])
}

/** An app state with this account and the flags without which Claude Code asks for a login. */
export function withAccount(
  current: string | null,
  { oauthAccount }: ClaudeBundle,
  lacks: readonly string[],
): string {
  let text = current ?? "{}"
  if (lacks.includes(ACCOUNT)) text = setMember(text, ACCOUNT, oauthAccount, [])
  for (const flag of FLAGS) if (lacks.includes(flag)) text = setMember(text, flag, true, [ACCOUNT])
  return text
}

/** A credentials text without its login, or null when nothing else is in it. */
export function withoutOauth(current: string): string | null {
  const rest = withoutMember(current, OAUTH)
  return membersOf(rest)?.members.length === 0 ? null : rest
}

/** An app state without its account; the flags beside it are Claude Code's own. */
export function withoutAccount(current: string): string {
  return withoutMember(current, ACCOUNT)
}
