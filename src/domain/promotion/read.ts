import * as v from "valibot"
import { fail } from "../../system/errors.ts"
import { portableCredential } from "../authority/portable.ts"
import { readWireJson } from "../authority/wire-json.ts"
import { asObject } from "../document.ts"
import { asLabel, type Label } from "../label.ts"
import type { JsonObject } from "../login.ts"
import { asProviderId, type ProviderId } from "../provider-id.ts"
import { PROMOTION_KIND, type Promotion, type PromotionEntry } from "./promotion.ts"

/** How the reference's messages name a provider (aimgr 4404b27 §6.9). */
export const PROMOTION_WORD: Record<ProviderId, string> = {
  "openai-codex": "codex",
  anthropic: "Claude",
}

const MOST_LABELS = 1_000

const object = v.custom<JsonObject>((value) => asObject(value) !== null)
const Entry = v.object({
  provider: v.string(),
  accountId: v.exactOptional(v.string()),
  credential: object,
  base: v.exactOptional(
    v.object({
      credentialFingerprint: v.nullish(v.string()),
      accountId: v.nullish(v.string()),
      identity: v.nullish(object),
    }),
  ),
})
const Payload = v.object({
  kind: v.string(),
  sentAt: v.optional(v.string(), ""),
  sourceAuthority: v.optional(v.string(), ""),
  labels: v.optional(v.record(v.string(), v.unknown()), {}),
})

/**
 * A promotion as it came in on stdin, tokens sealed; stops, in the reference's words, where it is
 * none for this provider.
 */
export function readPromotion(provider: ProviderId, text: string): Promotion {
  const word = PROMOTION_WORD[provider]
  const read = readWireJson(text)
  if (read.kind === "fault")
    return read.why === "empty"
      ? fail("promotion_missing", `Missing ${word} promotion payload on stdin.`)
      : fail("promotion_not_json", `Invalid ${word} promotion payload JSON: ${WHY[read.why]}.`)
  const parsed = v.safeParse(Payload, read.object)
  if (!parsed.success || parsed.output.kind !== PROMOTION_KIND[provider])
    return fail("promotion_invalid", `Invalid ${word} promotion payload.`)
  const raw = Object.entries(parsed.output.labels)
  if (raw.length === 0)
    return fail("promotion_empty", `${capital(word)} promotion payload is empty.`)
  if (raw.length > MOST_LABELS)
    return fail("promotion_invalid", `Invalid ${word} promotion payload: too many labels.`)
  const labels: { [label: Label]: PromotionEntry } = {}
  for (const [name, entry] of raw) {
    const label = labelIn(name, word)
    if (Object.hasOwn(labels, label))
      return fail("promotion_invalid", `Invalid ${word} promotion payload: ${label} twice.`)
    labels[label] = entryOf(provider, label, entry)
  }
  return { ...parsed.output, labels }
}

const WHY = {
  cut_short: "it is cut short",
  not_json: "it can't be read",
  too_deep: "it is nested too deeply",
  not_object: "it is no object",
} as const

function labelIn(name: string, word: string): Label {
  return (
    asLabel(name) ?? fail("promotion_invalid", `Invalid ${word} promotion payload: no such label.`)
  )
}

function entryOf(provider: ProviderId, label: Label, entry: unknown): PromotionEntry {
  const word = PROMOTION_WORD[provider]
  const parsed = v.safeParse(Entry, entry)
  if (!parsed.success)
    return fail("promotion_invalid", `Invalid ${word} promotion entry for label=${label}.`)
  if (asProviderId(parsed.output.provider) !== provider)
    return fail(
      "promotion_wrong_provider",
      `Refusing ${word} promotion for label=${label}: provider must be ${provider}.`,
    )
  const { accountId, credential, base } = parsed.output
  return {
    provider,
    ...(accountId === undefined ? {} : { accountId }),
    credential: portableCredential(provider, credential),
    base: {
      credentialFingerprint: filled(base?.credentialFingerprint),
      ...(filled(base?.accountId) === null ? {} : { accountId: filled(base?.accountId) ?? "" }),
      identity: base?.identity ?? null,
    },
  }
}

function filled(text: string | null | undefined): string | null {
  return text == null || text.trim() === "" ? null : text.trim()
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`
}
