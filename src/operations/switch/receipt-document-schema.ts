import * as v from "valibot"
import {
  Finding,
  Healed,
  ReceiptStatus,
  ReferenceReceipt,
  SelectionReceipt,
} from "../../domain/receipt/schema.ts"
import { ReferenceWatchReceipt, WatchReceipt } from "../../domain/receipt/watch-schema.ts"
import { anyObject, said, text, textOrNull, time, whole } from "../../domain/schema-parts.ts"

const Failure = v.object({ code: said(text, "stable"), message: text, hint: v.exactOptional(text) })

const document = {
  schemaVersion: v.literal(1),
  ok: v.boolean(),
  error: v.exactOptional(said(Failure, "only where `ok` is false")),
}

const captured = {
  label: text,
  adoption: v.picklist(["adopted", "newer", "same", "older", "conflict"]),
  home: text,
  identity: said(text, "one line for people"),
  accountId: textOrNull,
  quarantined: said(textOrNull, "the quarantine entry that holds a conflicting login"),
  warnings: v.array(Finding),
  stores: v.array(Healed),
}

const refreshed = {
  label: text,
  outcome: said(text, "`refreshed`, `captured`, `not_due`, `dead` …; its details stand beside it"),
}

const act = { status: ReceiptStatus, observedAt: time }

const CaptureReceipt = v.pipe(
  v.object({ action: v.pipe(text, v.regex(/^[a-z]+_capture$/)), ...act, ...captured }),
  v.title("the receipt of a capture"),
)

const RefreshReceipt = v.pipe(
  v.looseObject({
    action: v.literal("refresh"),
    ...act,
    ...refreshed,
    recovered: said(v.boolean(), "true for the reply of an interrupted refresh"),
    stores: v.array(Healed),
  }),
  v.title("the receipt of a refresh"),
)

const ActReceipt = v.pipe(
  v.looseObject({
    action: said(
      v.pipe(text, v.regex(/^(?!refresh$|.*_(use|capture|watch)$)/)),
      "such as `account_add`",
    ),
    ...act,
  }),
  v.title("the receipt of any other act"),
)

const Receipt = v.pipe(
  v.union([
    SelectionReceipt,
    ReferenceReceipt,
    WatchReceipt,
    ReferenceWatchReceipt,
    CaptureReceipt,
    RefreshReceipt,
    ActReceipt,
  ]),
  v.title("a receipt"),
  v.description("The record of one decision or act. It holds no token."),
)

/** How often a watch came to the same decision, one tick after the other. */
const Run = v.object({
  since: said(time, "the first of these ticks"),
  until: said(time, "the last of them"),
  ticks: whole,
})

/** One receipt of the ledger. */
const HistoryItem = v.object({
  id: whole,
  at: time,
  action: text,
  status: text,
  target: textOrNull,
  label: said(textOrNull, "its present name; the receipt has the one it had then"),
  run: v.exactOptional(
    said(
      v.object({ ...Run.entries, last: said(anyObject, "the numbers of the last tick") }),
      "of a watch: the receipt is the first tick's, `at` the time of the last",
    ),
  ),
  receipt: Receipt,
})

const UseDocument = v.pipe(
  v.object({
    ...document,
    dryRun: v.exactOptional(v.literal(true)),
    activated: v.object({
      status: ReceiptStatus,
      receipt: SelectionReceipt,
      wrote: v.object({ auth: v.boolean() }),
    }),
  }),
  v.title("aim codex use --json"),
)

const WatchDocument = v.pipe(
  v.object({
    ...document,
    watched: v.object({ status: ReceiptStatus, receipt: WatchReceipt, run: Run }),
  }),
  v.title("aim codex watch --once --json"),
)

const CaptureDocument = v.pipe(
  v.object({ ...document, ...captured }),
  v.title("aim codex capture --json"),
)

const RefreshDocument = v.pipe(
  v.object({
    ...document,
    labels: v.array(v.looseObject(refreshed)),
    recovered: said(v.array(v.looseObject(refreshed)), "interrupted refreshes that were finished"),
    stores: v.array(Healed),
  }),
  v.title("aim refresh --json"),
)

const HistoryDocument = v.pipe(
  v.object({ ...document, receipts: v.array(HistoryItem), warnings: v.array(Finding) }),
  v.title("aim history --json"),
)

const HistoryShowDocument = v.pipe(
  v.object({ ...document, receipt: HistoryItem, warnings: v.array(Finding) }),
  v.title("aim history show --json"),
)

/** What `aim schema receipt` describes: a receipt itself, and the documents that tell of one. */
export const ReceiptDocument = v.pipe(
  v.union([
    Receipt,
    UseDocument,
    WatchDocument,
    CaptureDocument,
    RefreshDocument,
    HistoryDocument,
    HistoryShowDocument,
  ]),
  v.title("receipts of aim"),
  v.description("A receipt, or a document of aim that holds one or tells of an act."),
)

/** The parts that the JSON Schema names under `$defs`. */
export const RECEIPT_PARTS = {
  receipt: Receipt,
  switch: SelectionReceipt,
  reference_switch: ReferenceReceipt,
  tick: WatchReceipt,
  reference_tick: ReferenceWatchReceipt,
  capture: CaptureReceipt,
  refresh: RefreshReceipt,
  act: ActReceipt,
  finding: Finding,
  history_item: HistoryItem,
  use_document: UseDocument,
  watch_document: WatchDocument,
  capture_document: CaptureDocument,
  refresh_document: RefreshDocument,
  history_document: HistoryDocument,
  history_show_document: HistoryShowDocument,
}
