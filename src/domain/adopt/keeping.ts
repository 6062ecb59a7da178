import { Secret } from "../../system/secret.ts"
import { bundleOf, textIn } from "../claude/bundle.ts"
import { adoptPair } from "../credential-edits.ts"
import { credentialRecord, type Document, labelsOf } from "../document.ts"
import type { Label } from "../label.ts"
import type { JsonObject, Login } from "../login.ts"
import { areDated } from "../pair.ts"
import type { ProviderId } from "../provider-id.ts"
import { quarantineStored } from "../quarantine.ts"
import { storedLogin } from "../stored-login.ts"
import { livePair, rivalsOf } from "./owner.ts"

/**
 * The document with `login` as the label's pair. The pair that leaves is kept in quarantine where
 * `login` need not have grown out of it: where the record that held it was incomplete, so that
 * nothing could be compared, where nothing says which of the two is older (one that came back after
 * 50 others may be), where only what stands beside `login` says whose it is, or where another label
 * is the same person's and `login` may be its next pair just as well.
 */
export function adoptKeeping(
  document: Document,
  label: Label,
  login: Login,
  note: { id: string; at: number },
): Document {
  return adoptPair(keepOutgoing(document, label, login, note), label, login, note.at)
}

/** The document with the pair that `login` is about to replace in quarantine, where it must be kept. */
export function keepOutgoing(
  document: Document,
  label: Label,
  login: Login,
  note: { id: string; at: number },
): Document {
  if (!mayStillLive(document, label, login)) return document
  return quarantineStored(document, login.provider, label, { ...note, label, reason: "replaced" })
}

function mayStillLive(document: Document, label: Label, login: Login): boolean {
  const outgoing = credentialRecord(document, login.provider, label)?.refresh
  if (!(outgoing instanceof Secret) || outgoing.blank || outgoing.equals(login.refresh))
    return false
  const stored = storedLogin(document, { provider: login.provider, label })
  if (stored === null || !areDated(stored, livePair(login))) return true
  if (!isOwned(login.fields) && mayBeAnothers(document, label, login.provider)) return true
  return rivalsOf(document, label, login).length > 0
}

/**
 * May a login whose tokens do not say whose they are have grown out of another pair than the label's?
 * Out of this one not, where that says it; else out of each other label's that does not either.
 */
function mayBeAnothers(document: Document, label: Label, provider: ProviderId): boolean {
  if (provider !== "anthropic") return false
  if (isOwned(credentialRecord(document, provider, label))) return true
  const others = labelsOf(document, provider).filter((other) => other !== label)
  return others.some((other) => {
    const record = credentialRecord(document, provider, other)
    return record !== null && !isOwned(record)
  })
}

/**
 * Do a Claude login's tokens say themselves whose they are? Claude Code's refreshes keep that (2.1.329),
 * so that a pair without it grew out of none that has it, whatever `oauthAccount` stands beside it.
 */
function isOwned(fields: JsonObject | null): boolean {
  return textIn(bundleOf(fields)?.claudeAiOauth ?? {}, "accountUuid") !== null
}
