import * as v from "valibot"
import { anyObject, said, text, time } from "../schema-parts.ts"

export const ReceiptStatus = v.picklist([
  "activated",
  "noop",
  "activated_with_warnings",
  "blocked",
  "applied",
  "applied_with_warnings",
])

/** A finding in the reference's form: `kind`, then whatever names the place. */
export const Finding = v.pipe(
  v.looseObject({ kind: said(text, "a stable code; most have `detail` and `hint` beside it") }),
  v.title("finding"),
)

/** What was captured out of a client's store into the vault. */
export const Captured = v.object({
  label: text,
  store: text,
  reason: text,
  keptAt: v.exactOptional(said(text, "the quarantine entry that holds what did not fit")),
})

/** Why a label was chosen: the named reason of design §6 with its numbers. */
export const Decision = v.object({
  reason: said(text, "what decided, such as `lasts` or `best_pace_start`"),
  alsoReasons: v.array(text),
  numbers: said(anyObject, "the numbers that the reason was drawn from"),
})

/** What became of one label's refresh. */
export const Refreshed = v.object({
  label: text,
  outcome: text,
  detail: v.exactOptional(text),
})

/** What healing did to one store. */
export const Healed = v.object({
  store: text,
  label: text,
  outcome: said(text, "`reached`, `captured`, or why the store was not brought up to date"),
  detail: v.exactOptional(text),
  hint: v.exactOptional(said(text, "the command that ends it; else the next one tries again")),
})

const reference = {
  action: said(v.pipe(text, v.regex(/^[a-z]+_use$/)), "the client and `_use`"),
  status: ReceiptStatus,
  observedAt: time,
  previousLabel: v.exactOptional(text),
  label: v.exactOptional(said(text, "the label that serves now")),
  accountId: v.exactOptional(text),
  keptCurrent: v.boolean(),
  reasons: v.array(text),
  warnings: v.array(Finding),
  blockers: said(v.array(Finding), "why nothing was switched; empty unless `blocked`"),
}

/**
 * The record of one switch. Names and nesting are the reference's (`codex_use`, `pi_use`, aimgr 4404b27);
 * `decision`, `captured`, `refreshed`, `stores` and what follows them are aim's.
 */
const own = {
  decision: v.exactOptional(Decision),
  captured: v.array(Captured),
  refreshed: v.array(Refreshed),
  stores: said(v.array(Healed), "every other store that was brought up to date, or could not be"),
  replacedLoginKeptAt: v.exactOptional(said(text, "a copy of the login that was put aside")),
}

/** Of a client that keeps its login in one file: Codex, Pi. */
const AuthFileReceipt = v.object({
  ...reference,
  authPath: text,
  wroteAuthJson: v.boolean(),
  ...own,
})

/** What came of the pair that Claude Code had when a switch began. */
export const PreSwitchSync = v.object({
  synced: v.boolean(),
  label: v.exactOptional(text),
  rotatedFields: v.exactOptional(said(v.array(text), "what Claude Code had renewed")),
  reason: v.exactOptional(said(text, "why nothing was taken in, such as `tokens_unchanged`")),
})

const ClaudeReceipt = v.object({
  ...reference,
  explicit: v.exactOptional(said(v.literal(true), "the label was named, not chosen")),
  subscriptionType: v.exactOptional(text),
  credentialsPath: text,
  appStatePath: text,
  wroteCredentialsJson: v.boolean(),
  wroteAppStateJson: v.boolean(),
  preSwitchSync: v.exactOptional(PreSwitchSync),
  ...own,
})

export const SelectionReceipt = v.pipe(
  v.union([AuthFileReceipt, ClaudeReceipt]),
  v.title("the receipt of a switch"),
)

const absent = v.exactOptional(v.never())

/** A switch's receipt as the reference program leaves it: it captures nothing and heals no store. */
export const ReferenceReceipt = v.pipe(
  v.object({ ...reference, captured: absent, refreshed: absent, stores: absent }),
  v.title("the receipt of a switch by the reference program"),
)
