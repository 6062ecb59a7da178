import * as v from "valibot"
import { PROVIDER_IDS } from "../domain/provider-id.ts"
import { Secret, seal, unseal } from "../system/secret.ts"

const VERSION = 1
const time = v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15))

/** What an inflight file holds. Readers take the versions they know; a newer one is left alone. */
const InflightFile = v.looseObject({
  version: v.literal(VERSION),
  provider: v.picklist(PROVIDER_IDS),
  label: v.string(),
  /** Who the pair belongs to, for people; no token. */
  identity: v.string(),
  /** SHA-256 of the refresh token that was posted; `code-exchange` where none was. */
  pair: v.string(),
  /** True when an earlier POST of this pair never got its reply. */
  mayBeSpent: v.boolean(),
  /** When the POST began, epoch ms. */
  postedAt: time,
  reply: v.nullable(
    v.looseObject({
      status: v.number(),
      rawReply: v.instance(Secret),
      retryAfter: v.nullable(v.string()),
      /** When the reply came, epoch ms. */
      at: time,
    }),
  ),
})
export type InflightRecord = v.InferOutput<typeof InflightFile>

/** The record in a file's text, the reply sealed; null for a damaged, partial or newer file. */
export function parseInflight(text: string): InflightRecord | null {
  try {
    const parsed = v.safeParse(InflightFile, seal(JSON.parse(text)))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** The text of an inflight file, with the reply open: for that file only. */
export function inflightText(record: Omit<InflightRecord, "version">): string {
  return `${JSON.stringify(unseal({ version: VERSION, ...record }), null, 2)}\n`
}
