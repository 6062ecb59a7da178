import type { Promotion } from "../domain/promotion/promotion.ts"
import { PROMOTION_WORD, readPromotion } from "../domain/promotion/read.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { applyPromotionHere } from "../operations/apply-promotion.ts"
import { withPool } from "../pool/pool.ts"
import { fail } from "../system/errors.ts"
import { readWholeInput } from "../system/whole-input.ts"
import type { Context, Output } from "./command.ts"

/** A thousand labels with everything that belongs to them come nowhere near. */
const MAX_BYTES = 8 * 1024 * 1024

/** Takes over the promotion that comes in by stdin, and answers as the reference does. */
export async function takePromotion({ homes }: Context, provider: ProviderId): Promise<Output> {
  const promotion = await promotionOnInput(provider)
  const { applied, stores } = await withPool(homes, (pool) =>
    applyPromotionHere(pool, provider, promotion),
  )
  const text = `${applied.status}: ${applied.labels.join(", ")}`
  return { text: [text], json: { ok: true, applied, stores }, exit: 0 }
}

async function promotionOnInput(provider: ProviderId): Promise<Promotion> {
  const input = await readWholeInput(MAX_BYTES)
  if (input.kind === "text") return readPromotion(provider, input.text)
  const word = PROMOTION_WORD[provider]
  return input.why === "too_large"
    ? fail("promotion_too_large", `Invalid ${word} promotion payload: it is too large.`)
    : fail("promotion_not_json", `Invalid ${word} promotion payload JSON: it is no text.`)
}
