import type { Scope } from "./job.ts"
import { plistText, readPlist } from "./launchd-plist.ts"
import type { Machine } from "./machine.ts"
import { formerLaunchdLabel, launchdLabel } from "./names.ts"
import { type Command, NOT_RUNNING, type Running, type Scheduler } from "./scheduler.ts"

/**
 * launchd, by `launchctl` as of macOS 10.11. Written from its manual: no macOS was there to run it
 * on.
 */
export function launchd({ run, uid }: Pick<Machine, "run" | "uid">): Scheduler {
  const domain = (scope: Scope) => (scope === "user" ? `gui/${uid}` : "system")
  const paths = (folder: string, name: string) => [`${folder}/${name}.plist`]
  const place = (name: string, scope: Scope) => `${domain(scope)}/${name}`
  return {
    name: launchdLabel,
    formerName: formerLaunchdLabel,
    paths,
    files: (job, folder) =>
      paths(folder, launchdLabel(job.target)).map((path) => ({
        path,
        text: plistText(job),
      })),
    read: (files) => readPlist(files[0]?.text ?? ""),
    begin: (target, scope, folder) => [
      may("bootout", place(launchdLabel(target), scope)),
      must("enable", place(launchdLabel(target), scope)),
      must("bootstrap", domain(scope), ...paths(folder, launchdLabel(target))),
    ],
    end: (name, scope) => [may("bootout", place(name, scope))],
    forget: () => [],
    tick: (target, scope) => ["launchctl", "kickstart", place(launchdLabel(target), scope)],
    logCommand: (_target, _scope, written) => ["tail", "-n", "50", written?.logFile ?? ""],
    answers: async (scope) => (await run(["launchctl", "print", domain(scope)])).code === 0,
    look: async (target, scope) => {
      const shown = await run(["launchctl", "print", place(launchdLabel(target), scope)])
      return shown.code === 0 ? runningIn(shown.stdout) : NOT_RUNNING
    },
    // An agent ends with its user's login, and nothing can be set against that.
    outlivesLogin: () => Promise.resolve(null),
  }
}

function must(...words: string[]): Command {
  return { argv: ["launchctl", ...words], mayFail: false }
}

function may(...words: string[]): Command {
  return { argv: ["launchctl", ...words], mayFail: true }
}

/** launchd says neither when it ran last nor when it will. */
function runningIn(text: string): Running {
  const said = (name: string) => new RegExp(`^\\s*${name} = (.+)$`, "m").exec(text)?.[1] ?? null
  const code = said("last exit code")
  return {
    enabled: true,
    active: true,
    ticking: said("state") === "running",
    nextAt: null,
    lastAt: null,
    lastResult: code === null || !/^\d+/.test(code) ? null : code === "0" ? "success" : "exit-code",
  }
}
