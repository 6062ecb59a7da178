import type { AuthJson } from "../../src/simulator/auth-json.ts"
import type { Simulator, SimulatorOptions } from "../../src/simulator/contract.ts"
import type { Login } from "../../src/simulator/logins.ts"
import type { LogEntry } from "../../src/simulator/request-log.ts"
import { startSimulator } from "../../src/simulator/simulator.ts"
import { type CodexHome, makeCodexHome } from "./codex-home.ts"
import type { ThrowawayCa } from "./throwaway-ca.ts"

/** A simulator with the accounts boss and qa, and a Codex home where boss is logged in. */
export type CodexLab = AsyncDisposable & {
  sim: Simulator
  home: CodexHome
  /** The login that lies in the home at first. */
  login: Login
  /** Requests of that kind so far. */
  seen: (kind: LogEntry["kind"]) => LogEntry[]
}

export async function openCodexLab(
  options: {
    simulator?: SimulatorOptions
    expiresInSeconds?: number
    /** With it the built-in provider over TLS, without it a custom provider over http. */
    ca?: ThrowawayCa
    /** Changes the auth.json that the home begins with. */
    edit?: (document: AuthJson) => unknown
    /** More keys of the custom provider. */
    provider?: Record<string, unknown>
  } = {},
): Promise<CodexLab> {
  const { ca, expiresInSeconds } = options
  const sim = startSimulator({
    accounts: [{ name: "boss" }, { name: "qa" }],
    ...(ca && { tls: ca }),
    ...options.simulator,
  })
  const login = sim.mintLogin("boss", expiresInSeconds === undefined ? {} : { expiresInSeconds })
  const auth = (options.edit ?? ((document) => document))(sim.authJson(login))
  const { chatgptUrl, authUrl } = sim
  const home = await makeCodexHome(
    ca === undefined
      ? { way: "http", chatgptUrl, authUrl, auth, provider: options.provider ?? {} }
      : { way: "tls", chatgptUrl, authUrl, auth, ca: ca.ca },
  )
  return {
    sim,
    home,
    login,
    seen: (kind) => sim.log().filter((entry) => entry.kind === kind),
    async [Symbol.asyncDispose]() {
      await sim.stop()
      await home.remove()
    },
  }
}
