import type { Conversation } from "../domain/conversation.ts"
import type { ReceiptStatus } from "../domain/receipt.ts"
import { withPool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { apply } from "../schedule/apply.ts"
import { findDefinitions, refuseUnusable } from "../schedule/found.ts"
import { type Machine, thisMachine } from "../schedule/machine.ts"
import { planRemove } from "../schedule/plan.ts"
import { schedulerOf } from "../schedule/registry.ts"
import type { Homes } from "../system/homes.ts"
import { homeOwner } from "./schedule/owner.ts"
import { checkRoot } from "./schedule/root.ts"
import { scheduledTarget } from "./schedule/target.ts"

export type Removed = {
  target: string
  status: Extract<ReceiptStatus, "applied" | "noop">
  /** The files that are gone. */
  files: string[]
}

/** `aim schedule remove <target>`: stops aim's own watch and takes its files away, and no others. */
export async function removeSchedule(
  homes: Homes,
  word: string,
  conversation: Conversation,
  machine: Machine = thisMachine(homes),
): Promise<Removed> {
  const target = scheduledTarget(homes, word)
  const scheduler = schedulerOf(machine)
  const ours = await findDefinitions(machine, scheduler, scheduler.name(target.id))
  refuseUnusable(ours)
  const steps = planRemove(scheduler, ours)
  const files = ours.flatMap((found) => found.files.map(({ path }) => path))
  if (steps.length === 0) return { target: target.id, status: "noop", files }
  checkRoot(machine, steps, conversation)
  await apply(machine, steps)
  const removed = { target: target.id, status: "applied", files } as const
  if (homeOwner(homes, machine).isOwn)
    await withPool(homes, async (pool) =>
      recordAct(pool, { action: "schedule_remove", status: "applied", files }, target.id),
    )
  return removed
}
