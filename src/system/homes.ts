import { isAbsolute, join, resolve } from "node:path"
import { fail, failUsage } from "./errors.ts"
import { isWithin, realPath } from "./real-path.ts"

/** The homes that a command works on, resolved once from flags and environment. */
export type Homes = {
  /** The user's home: `--home`, else `AIM_HOME`, else `HOME`. */
  userHome: string
  /** True when `--home` or `AIM_HOME` chose another home: client homes outside it are refused. */
  sandboxed: boolean
  /** `secrets.json`: `--state`, else `<userHome>/.aimgr/secrets.json`. */
  stateFile: string
  /** The environment as the command was started, for the clients' own variables. */
  env: Readonly<Record<string, string | undefined>>
  /** The folder that relative paths are meant from. */
  cwd: string
}

/** The flags that choose a home; a blank one counts as not given. */
export type HomeFlags = { home?: string | undefined; state?: string | undefined }

/**
 * Finds the homes. A leading `~` or `$HOME` is expanded, because units and quoted words do not
 * pass a shell: in `--home` and `AIM_HOME` it is the real home, in `--state` the chosen one. None
 * of the paths has to exist. Stops with `no_home` when nothing names a home, and with `home_escape`
 * when the state of a chosen home is a link out of it.
 */
export function resolveHomes(flags: HomeFlags): Homes {
  const env = Object.freeze({ ...process.env })
  const cwd = workingFolder()
  const ownHome = filled(env.HOME)
  const chosen = filled(flags.home) ?? filled(env.AIM_HOME)
  const named = chosen === null ? ownHome : expand(chosen, ownHome)
  if (named === null) return noHome()
  const userHome = absolute(cwd, named)
  const state = filled(flags.state)
  const sandboxed =
    chosen !== null && (ownHome === null || realPath(userHome) !== realPath(absolute(cwd, ownHome)))
  const stateFile =
    state === null
      ? join(userHome, ".aimgr", "secrets.json")
      : absolute(cwd, expand(state, userHome) ?? state)
  if (sandboxed && state === null) refuseEscape(userHome, stateFile)
  return { userHome, sandboxed, stateFile, env, cwd }
}

/** A copy of a home whose state is a link would change the real one; `--state` says that it may. */
function refuseEscape(userHome: string, stateFile: string): void {
  if (isWithin(realPath(userHome), realPath(stateFile))) return
  failUsage(
    "home_escape",
    `${stateFile} is behind a link that leads out of the chosen home ${userHome}`,
    "remove the link, or name the file with --state",
  )
}

/**
 * A client's own home: what its environment variable says, taken as the client takes it (no `~`),
 * else `fallback` below the user's home. With another home chosen, one that lies outside it
 * (symlinks resolved) stops with `home_escape`, so that a sandbox can't reach the real files.
 */
export function clientHome(homes: Homes, variable: string, fallback: string): string {
  const value = filled(homes.env[variable])
  const home = value === null ? join(homes.userHome, fallback) : absolute(homes.cwd, value)
  if (!homes.sandboxed || isWithin(realPath(homes.userHome), realPath(home))) return home
  return failUsage(
    "home_escape",
    value === null
      ? `${home} is a link that leads out of the chosen home ${homes.userHome}`
      : `\`${variable}\` points to ${home}, which is outside the chosen home ${homes.userHome}`,
    `${value === null ? "remove the link" : `unset \`${variable}\``}, or leave out --home (and AIM_HOME)`,
  )
}

/** A path as an operator types it: `~` and `$HOME` are the user home, else from the working folder. */
export function namedPath(homes: Pick<Homes, "cwd" | "userHome">, path: string): string {
  return absolute(homes.cwd, expand(path, homes.userHome) ?? path)
}

/** Null when the path needs a home and there is none. */
function expand(path: string, home: string | null): string | null {
  const rest = /^(?:~|\$HOME)(?:\/(.*))?$/s.exec(path)
  if (rest === null) return path
  return home === null ? null : join(home, rest[1] ?? "")
}

function absolute(cwd: string, path: string): string {
  return isAbsolute(path) ? resolve(path) : resolve(cwd, path)
}

function filled(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? ""
  return trimmed === "" ? null : trimmed
}

function noHome(): never {
  return fail(
    "no_home",
    "no home directory is known: neither --home nor AIM_HOME nor HOME names one",
    "set HOME, or name a home with --home <dir>",
  )
}

/** The current folder; `/` when it was deleted under our feet. */
function workingFolder(): string {
  try {
    return process.cwd()
  } catch {
    return "/"
  }
}
