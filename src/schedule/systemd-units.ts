import type { Job, WrittenJob } from "./job.ts"
import { serviceName } from "./names.ts"
import { hardening } from "./systemd-hardening.ts"
import { execLine, readExecLine, readWords, unitWord } from "./systemd-words.ts"

/** A token POST has 60 s of its own, one label after another may need it, and locks are waited for. */
const LONGEST_TICK_SECONDS = 300
/** A stopped tick waits for the reply to its POST; distributions have shorter limits than systemd. */
const STOP_SECONDS = 90
const FIRST_TICK_SECONDS = 120
const SLACK_SECONDS = 30

/** One tick. `SuccessExitStatus` stays what it is: a blocked tick is a failed unit, to be seen. */
export function serviceText(job: Job): string {
  const { owner } = job
  return unit({
    Unit: [
      `Description=aim: one look of the ${job.target} watch`,
      ...(owner !== null ? ["Wants=network-online.target", "After=network-online.target"] : []),
    ],
    Service: [
      "Type=oneshot",
      ...(owner !== null ? [`User=${owner.user}`, `Group=${owner.group}`] : []),
      ...Object.entries(job.environment).map(
        ([name, value]) => `Environment=${unitWord(`${name}=${value}`)}`,
      ),
      // Every path is whole: the folder of a home that is not mounted stops nothing.
      "WorkingDirectory=/",
      `ExecStart=${execLine(job.argv)}`,
      `TimeoutStartSec=${LONGEST_TICK_SECONDS}`,
      `TimeoutStopSec=${STOP_SECONDS}`,
      ...hardening(job),
    ],
  })
}

/**
 * When it ticks: soon after the timer starts (boot, login, install), then so long after each tick.
 * OnActiveSec and not OnBootSec: that lies in the past at an install, and would tick at once beside
 * the tick that the install shows.
 */
export function timerText(job: Job): string {
  const slack = Math.min(SLACK_SECONDS, Math.floor(job.everySeconds / 10))
  return unit({
    Unit: [`Description=aim: the ${job.target} watch`],
    Timer: [
      `OnActiveSec=${Math.min(job.everySeconds, FIRST_TICK_SECONDS)}`,
      `OnUnitActiveSec=${job.everySeconds}`,
      `RandomizedDelaySec=${slack}`,
      `AccuracySec=${slack}`,
      `Unit=${serviceName(job.target)}`,
    ],
    Install: ["WantedBy=timers.target"],
  })
}

/** What a service and its timer say; null for a service that starts nothing. */
export function readUnits(service: string, timer: string): WrittenJob | null {
  const line = settings(service, "ExecStart").at(-1)
  if (line === undefined) return null
  const pairs = settings(service, "Environment").flatMap(readWords)
  const every = Number(settings(timer, "OnUnitActiveSec").at(-1))
  return {
    argv: readExecLine(line),
    environment: Object.fromEntries(pairs.map((pair) => cutPair(pair))),
    everySeconds: every > 0 ? every : null,
    logFile: null,
  }
}

function unit(sections: Readonly<Record<string, readonly string[]>>): string {
  const parts = Object.entries(sections).map(([name, lines]) => [`[${name}]`, ...lines].join("\n"))
  return `${parts.join("\n\n")}\n`
}

function settings(text: string, name: string): string[] {
  const lines = text.split("\n").filter((line) => line.startsWith(`${name}=`))
  return lines.map((line) => line.slice(name.length + 1).trim())
}

function cutPair(pair: string): [string, string] {
  const at = pair.indexOf("=")
  return [pair.slice(0, at), pair.slice(at + 1)]
}
