import type { ParsedArgs } from "citty"
import type { TargetId } from "../domain/store.ts"
import { activate } from "../operations/activate.ts"
import { withPool } from "../pool/pool.ts"
import { switchLines } from "../render/switch.ts"
import { switchDocument } from "../render/switch-document.ts"
import type { Context, Output } from "./command.ts"
import type { SWITCH } from "./shared-args.ts"
import { targetOf } from "./target-of.ts"

type SwitchArgs = Partial<ParsedArgs<typeof SWITCH>>

/** `aim <client> use`, whatever the client; with `label` null the policy chooses. */
export function useTarget(
  id: TargetId,
  label: string | null,
  { homes, render }: Context,
  args: SwitchArgs,
): Promise<Output> {
  return withPool(homes, async (pool): Promise<Output> => {
    const activation = await activate(pool, targetOf(pool, id), {
      label,
      next: args.next ?? false,
      dryRun: args["dry-run"] ?? false,
      adopt: args.adopt ?? null,
      replaceUnmanaged: args["replace-unmanaged"] ?? false,
    })
    return {
      text: switchLines(activation, render),
      json: switchDocument(activation),
      exit: activation.ok ? 0 : 1,
    }
  })
}
