import { fail } from "../system/errors.ts"
import type { SshLocator } from "./locator.ts"
import { remoteLine } from "./remote-line.ts"

type Kind = { code: string; pattern: RegExp; what: string; hint: (locator: SshLocator) => string }

const REACH = ({ target, port }: SshLocator) =>
  `try it by hand: ssh${port === null ? "" : ` -p ${port}`} ${target}`

/** What OpenSSH 9.2 says when it gives up, most telling first. */
const KINDS: readonly Kind[] = [
  {
    code: "authority_host_key_changed",
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|host key for .* has changed/i,
    what: "shows another host key than the one that is known",
    hint: (locator) =>
      `find out why before you trust it (another machine may answer in its place); then ${REACH(locator)}`,
  },
  {
    code: "authority_host_key_unknown",
    pattern: /Host key verification failed|No \S+ host key is known/i,
    what: "shows a host key that is not known here",
    hint: (locator) => `compare and accept it once: ${REACH(locator)}`,
  },
  {
    code: "authority_permission_denied",
    pattern: /Permission denied \(|Too many authentication failures|Permission denied, please/i,
    what: "does not let this user in",
    hint: (locator) =>
      `no password is ever typed: see to a key that it accepts (ssh-agent); ${REACH(locator)}`,
  },
  {
    code: "authority_unreachable",
    pattern:
      /Could not resolve hostname|Connection refused|No route to host|Network is unreachable|Connection timed out|Operation timed out|port \d+: |kex_exchange_identification|banner exchange|Bad configuration option|Unable to negotiate/i,
    what: "can't be reached",
    hint: REACH,
  },
]

const CUT: Omit<Kind, "pattern"> = {
  code: "authority_connection_lost",
  what: "was cut off before it had answered",
  hint: () => "what it was asked to do may have been done; asking again does no harm",
}

/** Stops with what kept ssh from its work, by what it said on stderr. */
export function failConnection(locator: SshLocator, stderr: string): never {
  const { code, what, hint } = KINDS.find(({ pattern }) => pattern.test(stderr)) ?? CUT
  const said = remoteLine(stderr)
  const detail = said === null ? "" : ` (${said})`
  return fail(code, `${locator.display} ${what}${detail}`, hint(locator))
}
