import { isoTime } from "../system/time.ts"
import { browserBinding } from "./browser/binding.ts"
import { asObject, type Document } from "./document.ts"
import { patchAccount } from "./document-edits.ts"
import type { Label } from "./label.ts"

/** Why a label is out of service until somebody mends it; codes, never sentences (design §5). */
export const BLOCKED_REASONS = ["identity_mismatch", "login_already_labelled"] as const
export type BlockedReason = (typeof BLOCKED_REASONS)[number]

const IN_WORDS: Readonly<Record<BlockedReason, string>> = {
  identity_mismatch: "the last login was another person's",
  login_already_labelled: "the last login belongs to another label",
}

/** A stored reason for people; the reference program's sentences stay as they are. */
export function blockedText(stored: string): string {
  const reason = BLOCKED_REASONS.find((each) => each === stored)
  return reason === undefined ? stored : IN_WORDS[reason]
}

/** The document with an attempt to mend the label noted (aimgr 4404b27 §4.4); none for no account. */
export function noteAttempt(document: Document, label: Label, at: number): Document {
  return patchReauth(document, label, { lastAttemptAt: isoTime(at) })
}

/** The document after the label was mended at `at`: what stood against it is taken back. */
export function noteVerified(document: Document, label: Label, at: number): Document {
  const noted = patchReauth(document, label, {
    lastAttemptAt: isoTime(at),
    lastVerifiedAt: isoTime(at),
    blockedReason: undefined,
  })
  const browser = asObject(asObject(noted.accounts[label])?.browser)
  if (browser === null) return noted
  const { conflictReason: _moot, ...rest } = browser
  const bound = browserBinding({ browser }) !== null
  return patchAccount(noted, label, {
    browser: bound ? { ...rest, verifiedAt: isoTime(at) } : rest,
  })
}

/** The document with a Claude label whose login was taken in: Claude Code's own, and no browser's. */
export function noteNative(document: Document, label: Label, at: number): Document {
  const noted = noteVerified(document, label, at)
  const reauth = asObject(asObject(noted.accounts[label])?.reauth)
  return patchAccount(noted, label, { browser: null, reauth: { ...reauth, mode: "native-claude" } })
}

/** True for a label that {@link noteNative} has nothing but the time to say of. */
export function isNative(document: Document, label: Label): boolean {
  const account = asObject(document.accounts[label])
  const reauth = asObject(account?.reauth)
  return (
    reauth?.mode === "native-claude" &&
    reauth.blockedReason === undefined &&
    account?.browser == null
  )
}

/** The document with the label out of service; the reason is one of a closed set. */
export function noteBlocked(document: Document, label: Label, reason: BlockedReason): Document {
  return patchReauth(document, label, { blockedReason: reason })
}

function patchReauth(
  document: Document,
  label: Label,
  patch: { readonly [key: string]: string | undefined },
): Document {
  if (!Object.hasOwn(document.accounts, label)) return document
  const account = asObject(document.accounts[label])
  const reauth: Record<string, unknown> = { ...asObject(account?.reauth), ...patch }
  for (const [key, value] of Object.entries(patch)) if (value === undefined) delete reauth[key]
  return patchAccount(document, label, { reauth })
}
