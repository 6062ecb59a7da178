import { asLabel } from "../domain/label.ts"
import { sha256 } from "../system/hash.ts"
import type { LeasedLabel } from "./vault.ts"

const LONGEST = 100

/**
 * The name under which a label's lock and inflight file stand: `openai-codex-boss`. A key that
 * is no label (`Boss`, `../x`: other programs may have put it into the file) or is very long
 * stands under a hash; `~` begins no label, so the two can't meet.
 */
export function placeName({ provider, label }: LeasedLabel): string {
  const plain = asLabel(label) === label && label.length <= LONGEST
  return `${provider}-${plain ? label : `~${sha256(label).slice(0, 32)}`}`
}
