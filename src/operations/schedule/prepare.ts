import { type Finding, findingOf } from "../../domain/receipt.ts"
import { storesOf } from "../../pool/stores.ts"
import { carriedOver } from "../../schedule/environment.ts"
import { type Found, findDefinitions, refuseUnusable } from "../../schedule/found.ts"
import type { Job, Scope } from "../../schedule/job.ts"
import { jobFor } from "../../schedule/job-for.ts"
import type { Machine } from "../../schedule/machine.ts"
import type { Standing } from "../../schedule/plan.ts"
import { ownProgram, programFindings } from "../../schedule/program.ts"
import { NOT_RUNNING, type Scheduler } from "../../schedule/scheduler.ts"
import { fail } from "../../system/errors.ts"
import type { Homes } from "../../system/homes.ts"
import { targetsFor } from "../../targets/registry.ts"
import { openVault } from "../../vault/open.ts"
import { peekDocument } from "../../vault/peek.ts"
import { homeOwner, ownerFindings, ownerOfUnit } from "./owner.ts"

export type ScheduleWish = {
  /** Null: where it is already, else the user's own manager if there is one. */
  scope: Scope | null
  everySeconds: number
  threshold: number
}

export type Prepared = { job: Job; standing: Standing; warnings: Finding[] }

/** What stands for a target, and what should. Changes nothing, and asks no manager for `print`. */
export async function prepareSchedule(
  homes: Homes,
  machine: Machine,
  scheduler: Scheduler,
  target: string,
  wish: ScheduleWish,
  print: boolean,
): Promise<Prepared> {
  const ours = await findDefinitions(machine, scheduler, scheduler.name(target))
  const former = await findDefinitions(machine, scheduler, scheduler.formerName(target))
  refuseUnusable([...ours, ...former])
  const scope = wish.scope ?? (await usualScope(scheduler, ours, print))
  if (!print && !(await scheduler.answers(scope))) return failNoManager(machine, scope)
  const home = homeOwner(homes, machine)
  if (scope === "user" && !home.isOwn)
    return fail(
      "not_your_home",
      `${homes.userHome} belongs to another user, whom your own manager can't act for`,
      `aim schedule install ${target} --system`,
    )
  const owner = scope === "system" ? await ownerOfUnit(machine, home) : null
  const program = ownProgram()
  const carried = carriedOver(homes)
  const job = jobFor(homes, carried, {
    ...{ target, program, owner, ownHome: home.isOwn, stores: await storesEverywhere(homes) },
    ...{ everySeconds: wish.everySeconds, threshold: wish.threshold },
  })
  const present = ours.some((found) => found.scope === scope)
  const running = present && !print ? await scheduler.look(target, scope) : NOT_RUNNING
  return {
    job,
    standing: { ours, former, running },
    warnings: [
      ...(await programFindings(program)),
      ...carried.warnings,
      ...ownerFindings(owner),
      ...(await loginFindings(scheduler, scope, home.name, print)),
    ],
  }
}

/** A watch that is there stays where it is unless it is told to move. */
async function usualScope(
  scheduler: Scheduler,
  ours: readonly Found[],
  print: boolean,
): Promise<Scope> {
  const [only, second] = ours
  if (only !== undefined && second === undefined) return only.scope
  if (print || (await scheduler.answers("user"))) return "user"
  return (await scheduler.answers("system")) ? "system" : "user"
}

/** Every home that a tick may write a renewed login to, of all clients: it heals them all. */
async function storesEverywhere(homes: Homes): Promise<string[]> {
  const document = await peekDocument((await openVault(homes.stateFile)).paths)
  if (document === null) return []
  const stores = await Promise.all(targetsFor(homes).map((target) => storesOf(document, target)))
  return stores.flat().map(({ realHome }) => realHome)
}

/** Without linger a user's timers stop when the last login ends: on a server, at once. */
async function loginFindings(
  scheduler: Scheduler,
  scope: Scope,
  user: string,
  print: boolean,
): Promise<Finding[]> {
  if (print || scope === "system" || (await scheduler.outlivesLogin(user)) !== false) return []
  return [
    findingOf({
      code: "ends_with_login",
      message: "the watch stops when you log out, and starts again when you log in",
      hint: `loginctl enable-linger ${user}`,
    }),
  ]
}

function failNoManager({ platform }: Machine, scope: Scope): never {
  const name = platform === "darwin" ? "launchd" : "systemd"
  return fail(
    "no_scheduler",
    `no ${name} of the ${scope === "user" ? "user" : "machine"} answers here`,
    scope === "user"
      ? "try --system; or see the line for cron in the README"
      : "try --user; or see the line for cron in the README",
  )
}
