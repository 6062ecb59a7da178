import { refuseLocator } from "./refuse-locator.ts"

/** Where a state file stands unless a locator says otherwise. */
export const DEFAULT_REMOTE_PATH = "$HOME/.aimgr/secrets.json"

/**
 * A path on the authority's host: `~` is the home there, a home alone means the state file in it,
 * and anything else stays as it is (relative: from the login's folder). In an address, `/~/x` is
 * `~/x` and no path at all is the default.
 */
export function remotePath(text: string, inAddress = false): string {
  const path = inAddress ? text.replace(/^\/(?=~(\/|$))/, "") : text.trim()
  if (inAddress && (path === "" || path === "/")) return DEFAULT_REMOTE_PATH
  const expanded = path.replace(/^~(?=\/|$)/, "$HOME")
  if (expanded === "")
    return refuseLocator("locator_invalid", "behind the `:` no path of a state file follows")
  if (expanded.startsWith("-"))
    return refuseLocator("locator_is_option", "the authority's path can't begin with `-`")
  return /^\$HOME\/?$/.test(expanded) ? DEFAULT_REMOTE_PATH : expanded
}

/**
 * A remote path as one word of the shell there; `$HOME` is left to it, nothing else is. In single
 * quotes, since fish and csh escape other things within double ones than sh does.
 */
export function remoteWord(path: string): string {
  if (!path.startsWith("$HOME/")) return quoted(path)
  return `"$HOME"/${quoted(path.slice("$HOME/".length))}`
}

/** Any text as one word of a shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
