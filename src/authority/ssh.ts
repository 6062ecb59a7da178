import { fail } from "../system/errors.ts"
import type { Homes } from "../system/homes.ts"
import type { Secret } from "../system/secret.ts"
import { runChild } from "../system/spawn.ts"
import { MINUTE, SECOND } from "../system/time.ts"
import { findProgram } from "../system/which.ts"
import { LARGEST_STATE } from "../vault/parse.ts"
import type { SshLocator } from "./locator.ts"
import { failConnection } from "./ssh-failure.ts"

/** How long a connection may take, and the whole exchange with it, in ms. */
export type SshLimits = { connectMs: number; wholeMs: number }

/** A state file is read in no time; nothing there waits for anybody. */
export const READ_LIMITS: SshLimits = { connectMs: 10 * SECOND, wholeMs: MINUTE }
/** The other side may wait 75 s for a lease, and writes. */
export const WRITE_LIMITS: SshLimits = { connectMs: 10 * SECOND, wholeMs: 3 * MINUTE }
/** It may wait for a lease, then for the issuer's answer (60 s), and for stores to be written. */
export const REFRESH_LIMITS: SshLimits = { connectMs: 10 * SECOND, wholeMs: 4 * MINUTE }

/** What the command on the authority's host came to. */
export type RemoteResult = { code: number; stdout: string; stderr: string }

/**
 * Runs one shell command on the authority's host; secrets go in by stdin alone. Stops with an
 * `authority_…` problem where the connection failed, time ran out, or what came back is too much or
 * no text. What a command that ended says is the caller's to judge.
 */
export async function overSsh(
  homes: Homes,
  locator: SshLocator,
  command: string,
  { connectMs, wholeMs }: SshLimits,
  stdin?: Secret,
): Promise<RemoteResult> {
  const ssh = findProgram(homes, "ssh")
  if (ssh === null)
    return fail("ssh_missing", "`ssh` is not on PATH", "install the OpenSSH client, then try again")
  const argv = [ssh, "-T", ...options(connectMs), ...portOf(locator), "--", locator.target, command]
  const child = await runChild(argv, {
    env: homes.env,
    timeoutMs: wholeMs,
    maxBytes: LARGEST_STATE,
    ...(stdin === undefined ? {} : { stdin: stdin.reveal() }),
  })
  const { display } = locator
  if (child.timedOut)
    return fail(
      "authority_timed_out",
      `${display} did not answer within ${Math.round(wholeMs / SECOND)} s`,
      "what it was asked to do may have been done; ask again when it is reachable",
    )
  if (child.tooMuch)
    return fail(
      "authority_answer_too_large",
      `${display} sent more than ${LARGEST_STATE / 1024 / 1024} MiB, which no pool comes near`,
      "see to it that the locator names aim's state file; nothing was changed here",
    )
  if (failedHere(child.code)) return failConnection(locator, child.stderr)
  if (child.garbled)
    return fail(
      "authority_answer_binary",
      `what ${display} sent is no text`,
      "see to it that the locator names aim's state file; nothing was changed here",
    )
  return child
}

/** ssh itself ends with 255; it was killed, or could not be started, at the others. */
function failedHere(code: number): boolean {
  return code === 255 || code === 128 + 9 || code === 128 + 13 || code === 128 + 15
}

function options(connectMs: number): string[] {
  const seconds = Math.max(1, Math.round(connectMs / SECOND))
  const said = ["BatchMode=yes", `ConnectTimeout=${seconds}`, "ServerAliveInterval=15"]
  return said.flatMap((option) => ["-o", option])
}

function portOf({ port }: SshLocator): string[] {
  return port === null ? [] : ["-p", String(port)]
}
