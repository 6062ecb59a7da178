import type { Conversation } from "../domain/conversation.ts"
import type { Finding, ReceiptStatus } from "../domain/receipt.ts"
import { shellLine } from "../domain/shell-word.ts"
import type { TargetId } from "../domain/store.ts"
import { withPool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { apply, commandLines } from "../schedule/apply.ts"
import { type Scope, scopeOf, type UnitFile } from "../schedule/job.ts"
import { type Machine, thisMachine } from "../schedule/machine.ts"
import { planInstall } from "../schedule/plan.ts"
import { schedulerOf } from "../schedule/registry.ts"
import type { Homes } from "../system/homes.ts"
import { agree } from "./agree.ts"
import { homeOwner } from "./schedule/owner.ts"
import { prepareSchedule, type ScheduleWish } from "./schedule/prepare.ts"
import { checkRoot } from "./schedule/root.ts"
import { scheduledTarget } from "./schedule/target.ts"
import { type FirstTick, tickOnce } from "./schedule/tick.ts"

/** What became of an install, or with `planned` would become of it. */
export type Installed = {
  target: string
  scope: Scope
  status: Extract<ReceiptStatus, "applied" | "noop"> | "planned"
  everySeconds: number
  program: string
  files: readonly UnitFile[]
  /** The commands that belong to it. */
  commands: readonly string[]
  replaces: readonly string[]
  warnings: readonly Finding[]
  firstTick: FirstTick | null
  /** The command that shows the log of the ticks. */
  log: string
}

export type InstallHow = ScheduleWish & { print: boolean; yes: boolean }

/**
 * `aim schedule install <target>`: writes the watch of this home down for the machine's manager,
 * starts it, and ticks once as the manager does. What stands already is left alone; what it takes
 * the place of is named and asked about. With `print` nothing is touched and nobody is asked.
 */
export async function installSchedule(
  homes: Homes,
  word: string,
  how: InstallHow,
  conversation: Conversation,
  machine: Machine = thisMachine(homes),
): Promise<Installed> {
  const target = scheduledTarget(homes, word)
  const scheduler = schedulerOf(machine)
  const { job, standing, warnings } = await prepareSchedule(
    homes,
    machine,
    scheduler,
    target.id,
    how,
    how.print,
  )
  const plan = planInstall(scheduler, machine, job, standing)
  const scope = scopeOf(job)
  const installed: Installed = {
    ...{ target: target.id, scope, status: "planned", everySeconds: job.everySeconds },
    program: job.argv[0] ?? "",
    files: plan.files,
    commands: commandLines(machine, plan.steps),
    ...{ replaces: plan.replaces, warnings, firstTick: null },
    log: shellLine(scheduler.logCommand(target.id, scope, job)),
  }
  if (how.print) return installed
  if (plan.steps.length === 0) return { ...installed, status: "noop" }
  if (plan.replaces.length > 0)
    await agree(conversation, how.yes, `install the watch of ${target.id}`, plan.replaces)
  checkRoot(machine, plan.steps, conversation)
  await apply(machine, plan.steps)
  const firstTick = await tickOnce(homes, machine, scheduler, target.id, scope)
  const done: Installed = { ...installed, status: "applied", firstTick }
  if (homeOwner(homes, machine).isOwn) await record(homes, done, target.id)
  return done
}

async function record(homes: Homes, done: Installed, target: TargetId): Promise<void> {
  const { scope, everySeconds, program, files, replaces, warnings, firstTick } = done
  await withPool(homes, async (pool) =>
    recordAct(
      pool,
      {
        status: "applied",
        ...{ action: "schedule_install", scope, everySeconds, program },
        ...{ files: files.map(({ path }) => path), replaced: replaces, warnings },
        firstTickOk: firstTick?.ok ?? null,
      },
      target,
    ),
  )
}
