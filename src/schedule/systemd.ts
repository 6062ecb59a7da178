import type { Scope } from "./job.ts"
import type { Machine } from "./machine.ts"
import { formerUnitName, serviceName, timerName, unitName } from "./names.ts"
import { type Command, NOT_RUNNING, type Running, type Scheduler } from "./scheduler.ts"
import { readUnits, serviceText, timerText } from "./systemd-units.ts"

/** From here on a number of microseconds is systemd's word for never. */
const NEVER = 2 ** 63

/** systemd, of the user or of the machine, by `systemctl` (252). */
export function systemd({ run }: Pick<Machine, "run">): Scheduler {
  const paths = (folder: string, name: string) =>
    [".service", ".timer"].map((end) => `${folder}/${name}${end}`)
  return {
    name: unitName,
    formerName: formerUnitName,
    paths,
    files: (job, folder) => {
      const [service = "", timer = ""] = paths(folder, unitName(job.target))
      return [
        { path: service, text: serviceText(job) },
        { path: timer, text: timerText(job) },
      ]
    },
    read: (files) => {
      const textOf = (end: string) => files.find(({ path }) => path.endsWith(end))?.text ?? ""
      return readUnits(textOf(".service"), textOf(".timer"))
    },
    begin: (target, scope) => [
      must(scope, "daemon-reload"),
      must(scope, "enable", timerName(target)),
      must(scope, "restart", timerName(target)),
    ],
    end: (name, scope) => [
      may(scope, "disable", "--now", `${name}.timer`),
      may(scope, "stop", `${name}.service`),
    ],
    // A unit whose last tick failed would be listed as failed for ever.
    forget: (name, scope) => [
      must(scope, "daemon-reload"),
      may(scope, "reset-failed", `${name}.service`),
    ],
    tick: (target, scope) => systemctl(scope, "start", serviceName(target)),
    logCommand: (target, scope) => [
      "journalctl",
      ...(scope === "user" ? ["--user"] : []),
      "-u",
      unitName(target),
    ],
    answers: async (scope) =>
      (await run(systemctl(scope, "show", "--property=Version"))).code === 0,
    look: (target, scope) => look(run, target, scope),
    outlivesLogin: async (user) => {
      const { code, stdout } = await run(["loginctl", "show-user", user, "--property=Linger"])
      if (code !== 0) return null
      return stdout.includes("Linger=no") ? false : stdout.includes("Linger=yes") || null
    },
  }
}

function systemctl(scope: Scope, ...words: string[]): string[] {
  return ["systemctl", ...(scope === "user" ? ["--user"] : []), ...words]
}

function must(scope: Scope, ...words: string[]): Command {
  return { argv: systemctl(scope, ...words), mayFail: false }
}

function may(scope: Scope, ...words: string[]): Command {
  return { argv: systemctl(scope, ...words), mayFail: true }
}

async function look(run: Machine["run"], target: string, scope: Scope): Promise<Running> {
  const properties = "--property=ActiveState,UnitFileState,Result"
  const units = [timerName(target), serviceName(target)]
  const shown = await run(systemctl(scope, "show", properties, ...units))
  if (shown.code !== 0) return NOT_RUNNING
  const [timer = "", service = ""] = shown.stdout.split("\n\n")
  const listed = await run(
    systemctl(scope, "list-timers", "--all", "--output=json", timerName(target)),
  )
  const times = timesIn(listed.stdout)
  return {
    enabled: property(timer, "UnitFileState") === "enabled",
    active: property(timer, "ActiveState") === "active",
    ticking: property(service, "ActiveState") === "activating",
    ...times,
    // A service that never ran has a good result as well.
    lastResult: times.lastAt === null ? null : property(service, "Result"),
  }
}

function property(text: string, name: string): string | null {
  return new RegExp(`^${name}=(.+)$`, "m").exec(text)?.[1] ?? null
}

/** The times of the one timer in a JSON list, which says µs; systemd before 246 prints a table. */
function timesIn(text: string): Pick<Running, "nextAt" | "lastAt"> {
  try {
    const [row] = JSON.parse(text) as Record<string, unknown>[]
    return { nextAt: timeOf(row?.next), lastAt: timeOf(row?.last) }
  } catch {
    return { nextAt: null, lastAt: null }
  }
}

function timeOf(microseconds: unknown): number | null {
  if (typeof microseconds !== "number" || microseconds <= 0) return null
  return microseconds >= NEVER ? null : Math.floor(microseconds / 1000)
}
