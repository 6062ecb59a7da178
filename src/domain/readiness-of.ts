import { claudeReadiness } from "./claude/readiness.ts"
import type { Document } from "./document.ts"
import type { Label } from "./label.ts"
import type { ProviderId } from "./provider-id.ts"
import { codexReadiness, type Readiness } from "./readiness.ts"
import type { OfLabel } from "./stored-login.ts"

const READINESS: Record<ProviderId, (document: Document, label: Label, now: number) => Readiness> =
  {
    "openai-codex": codexReadiness,
    anthropic: claudeReadiness,
  }

/** Whether a label can serve at `now` (epoch ms), by the rules of its provider. */
export function readinessOf(
  document: Document,
  { provider, label }: OfLabel,
  now: number,
): Readiness {
  return READINESS[provider](document, label, now)
}
