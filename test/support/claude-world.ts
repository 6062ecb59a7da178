import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { ClaudeAccountOptions } from "../../src/simulator/claude-account.ts"
import type { SimulatorOptions } from "../../src/simulator/contract.ts"
import { type LogEntry, postsPerRefreshToken, reuses } from "../../src/simulator/request-log.ts"
import { CLAUDE_HOSTS, type ClaudeWire, openClaudeWire } from "./claude-wire.ts"
import {
  type ClaudePlace,
  type ClaudeRun,
  type ClaudeRunOptions,
  claudeStatus,
  runClaude,
} from "./real-claude.ts"
import { makeThrowawayCa } from "./throwaway-ca.ts"
import { openWorld, type StoredLogin, type World } from "./world.ts"

/** A world whose home the compiled aim and the real Claude Code share, over one simulator. */
export type ClaudeWorld = World & {
  wire: ClaudeWire
  place: ClaudePlace
  /** Runs the real Claude in the home. */
  claude: (args: readonly string[], options?: ClaudeRunOptions) => Promise<ClaudeRun>
  /** One turn, `claude -p hi`: exit code and what it printed. */
  turn: (options?: ClaudeRunOptions) => Promise<ClaudeRun>
  status: (options?: ClaudeRunOptions) => ReturnType<typeof claudeStatus>
  /** `aim claude use <label>`, as its receipt; fails the test unless it exits with `code`. */
  use: (label?: string, code?: number) => Promise<ClaudeReceipt>
  /** What the vault holds of a label; fails the test when it holds nothing. */
  stored: (label: string) => Promise<StoredLogin>
  /** Requests of that kind so far. */
  seen: (kind: LogEntry["kind"]) => LogEntry[]
  /** Refresh tokens that were posted more than once, and posts of spent ones: none is law 2. */
  doublePosts: () => number
}

/** The receipt of a switch, as far as tests look. */
export type ClaudeReceipt = {
  label?: string
  status: string
  preSwitchSync?: { synced: boolean; label?: string; rotatedFields?: string[]; reason?: string }
}

const ca = makeThrowawayCa(CLAUDE_HOSTS)

/** Opens a world with the Claude accounts `a` and `b`; a stray request fails the test at its end. */
export async function openClaudeWorld(
  options: { accounts?: readonly ClaudeAccountOptions[]; simulator?: SimulatorOptions } = {},
): Promise<ClaudeWorld> {
  const { accounts = [{ name: "a" }, { name: "b" }] } = options
  const tls = await ca
  const world = await openWorld([], { ...options.simulator, claudeAccounts: accounts, tls })
  const { sim } = world
  const wire = await openClaudeWire(Number(new URL(sim.url).port))
  const caFile = join(world.home, "ca.pem")
  await writeFile(caFile, tls.ca)
  world.env.NODE_EXTRA_CA_CERTS = caFile
  const place: ClaudePlace = { home: world.home, wire, caFile }
  return {
    ...world,
    wire,
    place,
    claude: (args, how) => runClaude(place, args, how),
    turn: (how) => runClaude(place, ["-p", "hi"], how),
    status: (how) => claudeStatus(place, how),
    use: async (label = "", code = 0) => {
      const document = await world.json<{ activated: { receipt: ClaudeReceipt } }>(
        `claude use ${label}`,
        code,
      )
      return document.activated.receipt
    },
    stored: async (label) => {
      const login = (await world.vault()).credentials.anthropic?.[label]
      if (login === undefined) throw new Error(`the vault holds no login of ${label}`)
      return login
    },
    seen: (kind) => sim.log().filter((entry) => entry.kind === kind),
    doublePosts: () => {
      const twice = [...postsPerRefreshToken(sim.log()).values()].filter((posts) => posts > 1)
      return twice.length + reuses(sim.log()).length
    },
    [Symbol.asyncDispose]: async () => {
      await wire[Symbol.asyncDispose]()
      await world[Symbol.asyncDispose]()
      if (wire.strays.length > 0) throw new Error(`Claude asked for ${wire.strays.join(", ")}`)
    },
  }
}
