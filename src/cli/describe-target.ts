import type { TargetId } from "../domain/store.ts"
import { showTarget } from "../operations/show-target.ts"
import { withPool } from "../pool/pool.ts"
import { showLines } from "../render/show.ts"
import { now } from "../system/clock.ts"
import type { Context, Output } from "./command.ts"
import { targetOf } from "./target-of.ts"

/** `aim <client> show`, whatever the client. */
export function describeTarget(id: TargetId, { homes, render }: Context): Promise<Output> {
  return withPool(homes, async (pool): Promise<Output> => {
    const shown = await showTarget(pool, targetOf(pool, id))
    return { text: showLines(shown, now(), render), json: { ok: true, ...shown }, exit: 0 }
  })
}
