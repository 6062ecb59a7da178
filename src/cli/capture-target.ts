import type { TargetId } from "../domain/store.ts"
import { captureLogin } from "../operations/capture-login.ts"
import { withPool } from "../pool/pool.ts"
import { captureDocument, captureLines } from "../render/capture.ts"
import type { Context, Output } from "./command.ts"
import { targetOf } from "./target-of.ts"

/** `aim <client> capture`, of a client whose login is a file; `home` null: the client's own. */
export function captureTarget(
  id: TargetId,
  label: string,
  home: string | null,
  { homes, render }: Context,
): Promise<Output> {
  return withPool(homes, async (pool): Promise<Output> => {
    const result = await captureLogin(pool, targetOf(pool, id), label, home)
    return {
      text: captureLines(result, render),
      json: captureDocument(result),
      exit: result.adoption === "conflict" ? 1 : 0,
    }
  })
}
