import type { SelectionReceipt } from "../../domain/receipt.ts"
import type { Store } from "../../domain/store.ts"
import type { Occasion } from "../../pool/choose.ts"
import type { Pool } from "../../pool/pool.ts"
import type { Target } from "../../targets/target.ts"
import type { ActivateOptions } from "../activate.ts"
import { takeCourse } from "./course.ts"
import { endBlocked, endSwitched } from "./end.ts"
import { emptyProgress } from "./receipt.ts"

/** One switch of one store, whose target lock the caller holds, from the first look to its record. */
export async function performSwitch(
  pool: Pool,
  target: Target,
  store: Store,
  occasion: Occasion,
  options: ActivateOptions,
): Promise<SelectionReceipt> {
  const progress = emptyProgress(options.label)
  const course = await takeCourse(pool, target, store, occasion, options, progress)
  return course.kind === "switched"
    ? endSwitched(pool, course.observed, course.label, course.done, progress)
    : endBlocked(pool, target, store, progress, course.blockers)
}
