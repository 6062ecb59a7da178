import * as v from "valibot"
import { numberOrNull, said, textOrNull, time, whole } from "../schema-parts.ts"
import {
  Captured,
  Decision,
  Finding,
  Healed,
  ReceiptStatus,
  ReferenceReceipt,
  Refreshed,
  SelectionReceipt,
} from "./schema.ts"

const action = said(
  v.pipe(v.string(), v.regex(/^[a-z]+_watch$/)),
  "the client and `_watch`; `thresholdPct` is of its 5h window",
)

/**
 * The record of one tick. Names and order up to `blockers` are the reference's (`codex_watch`,
 * aimgr 4404b27 §6.2); what follows them is aim's.
 */
export const WatchReceipt = v.pipe(
  v.object({
    action,
    status: ReceiptStatus,
    observedAt: time,
    thresholdPct: whole,
    currentLabelBefore: said(textOrNull, "null where the client had no active label yet"),
    currentLabelAfter: textOrNull,
    primaryRemainingPctBefore: said(numberOrNull, "null where it is not known"),
    triggeredSelection: v.boolean(),
    selectionReceipt: v.exactOptional(said(SelectionReceipt, "of the switch that was tried")),
    warnings: v.array(Finding),
    blockers: v.array(Finding),
    weeklyThresholdPct: whole,
    intervalSeconds: said(whole, "the time until the next look that the decision counted with"),
    secondaryRemainingPctBefore: numberOrNull,
    decision: v.exactOptional(said(Decision, "none where the client's home can't be trusted")),
    unreachableSince: v.exactOptional(said(time, "the active label's quota can't be read since")),
    waitUntil: v.exactOptional(said(time, "and the issuer, rate-limiting, asked to wait until")),
    captured: v.array(Captured),
    refreshed: v.array(Refreshed),
    stores: v.array(Healed),
  }),
  v.title("the receipt of a tick"),
)

const absent = v.exactOptional(v.never())

/** A watch's receipt as the reference program leaves it. */
export const ReferenceWatchReceipt = v.pipe(
  v.looseObject({
    action,
    status: ReceiptStatus,
    observedAt: time,
    thresholdPct: whole,
    selectionReceipt: v.exactOptional(ReferenceReceipt),
    warnings: v.array(Finding),
    blockers: v.array(Finding),
    intervalSeconds: absent,
    captured: absent,
    stores: absent,
  }),
  v.title("the receipt of a tick by the reference program"),
)
