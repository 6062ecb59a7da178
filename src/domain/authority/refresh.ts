import * as v from "valibot"
import { asObject } from "../document.ts"
import type { Label } from "../label.ts"
import type { JsonObject } from "../login.ts"
import type { ProviderId } from "../provider-id.ts"
import { portableCredential } from "./portable.ts"

/** What `aim internal refresh` prints. */
const REFRESH_KIND = "aim.refresh.v1"

/** Why an authority can't: the label's way to whoever renews it leads back to where it began. */
export const ASKED_IN_A_CIRCLE = "asked_in_a_circle"

/** What an authority answers to a consumer that needs a newer pair of a label. */
export type RefreshAnswer =
  /** Its newest pair, sealed, as a portable record. */
  | { kind: "pair"; record: JsonObject }
  /** It has no newer one than the consumer. */
  | { kind: "same" }
  /** It gave none; `why` is a code (`no_aim`, `unknown_label`, `busy`, `transient` …). */
  | { kind: "cannot"; why: string }
  /** The issuer refuses the authority's pair for good. */
  | { kind: "dead"; reason: string }

/** A label of one provider, as it is asked for. */
type Asked = { provider: ProviderId; label: Label }

const code = v.pipe(v.string(), v.regex(/^[a-z_]{1,60}$/))
const Answer = v.variant("kind", [
  v.object({
    kind: v.literal("pair"),
    record: v.custom<JsonObject>((it) => asObject(it) !== null),
  }),
  v.object({ kind: v.literal("same") }),
  v.object({ kind: v.literal("cannot"), why: code }),
  v.object({ kind: v.literal("dead"), reason: code }),
])

/** An answer as it crosses, its tokens sealed. */
export function refreshAnswerDocument(
  { provider, label }: Asked,
  answer: RefreshAnswer,
): JsonObject {
  return { kind: REFRESH_KIND, schemaVersion: 1, provider, label, answer }
}

/** An answer that came from elsewhere to what was asked; null for anything else. */
export function readRefreshAnswer(
  object: JsonObject,
  { provider, label }: Asked,
): RefreshAnswer | null {
  if (object.kind !== REFRESH_KIND || object.provider !== provider || object.label !== label)
    return null
  const parsed = v.safeParse(Answer, object.answer)
  if (!parsed.success) return null
  const answer = parsed.output
  return answer.kind === "pair"
    ? { ...answer, record: portableCredential(provider, answer.record) }
    : answer
}
