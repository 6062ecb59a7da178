import type { TargetId } from "../domain/store.ts"
import { forgetHome } from "../operations/forget-home.ts"
import { withPool } from "../pool/pool.ts"
import { forgottenLines } from "../render/forgotten.ts"
import type { Context, Output } from "./command.ts"
import { targetOf } from "./target-of.ts"

export const FORGET_HOME_DETAILS = [
  "Nothing in that home changes; it is no longer a store of its label.",
] as const

/** `aim <client> forget-home`, whatever the client. */
export function forgetTargetHome(id: TargetId, dir: string, { homes }: Context): Promise<Output> {
  return withPool(homes, async (pool): Promise<Output> => {
    const forgotten = await forgetHome(pool, targetOf(pool, id), dir)
    return { text: forgottenLines(forgotten), json: { ok: true, ...forgotten }, exit: 0 }
  })
}
