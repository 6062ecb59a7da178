import type { ClaudeBundle } from "../../domain/claude-bundle.ts"
import { setMember } from "../json/json-edit.ts"
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
