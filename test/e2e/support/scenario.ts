import type { AccountOptions } from "../../../src/simulator/account.ts"
import type { ClaudeAccountOptions } from "../../../src/simulator/claude-account.ts"
import type { Fault } from "../../../src/simulator/fault.ts"
import type { World } from "../../support/world.ts"

/** One command in one prepared world, to be killed at every one of its steps. */
export type Scenario = {
  /** The accounts of the simulator; the order does not matter. */
  accounts?: readonly AccountOptions[]
  claudeAccounts?: readonly ClaudeAccountOptions[]
  prepare: (world: World) => Promise<void>
  /** May depend on what was prepared (an id). */
  command: string | ((world: World) => Promise<string>)
  /** What a person types after the kill; the same command unless said otherwise. */
  again?: string
  /** The error code with which the command says that it was done already. */
  alreadyDone?: string
  /** The error code with which the command says that the kill has cost the login. */
  saysLost?: string
  /** Accounts whose label the command removes: a backup of the vault is then a place to be. */
  removes?: string[]
  /** Accounts whose newest token no aim has ever held, by what was prepared. */
  lostBefore?: string[]
  /**
   * Spares the moment at which a lock folder stands that its record does not name yet: the next aim
   * watches such a one for eight seconds.
   */
  sparesNewLocks?: boolean
  /** How the issuer misbehaves while the command runs that is killed, and its exit code then. */
  faults?: { these: readonly Fault[]; exit: number }
}
