import * as v from "valibot"
import { said, text, textOrNull, time, whole } from "../../../domain/schema-parts.ts"

/** What the last look of a watch came to, and since when the looks before it came to the same. */
export const WatchStatus = v.object({
  target: text,
  lookedAt: time,
  status: text,
  reason: said(textOrNull, "why, or what stood in the way"),
  from: said(textOrNull, "the label that served before it"),
  label: said(textOrNull, "the label that served after it"),
  since: said(time, "the first of the looks in a row that decided the same"),
  ticks: said(whole, "how many they are"),
  unreachableSince: said(textOrNull, "the active label's quota can't be read since"),
  waitUntil: said(textOrNull, "and the issuer, rate-limiting, asked to wait until"),
})
