import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { AccountOptions } from "../../src/simulator/account.ts"
import type { AuthJson } from "../../src/simulator/auth-json.ts"
import type { SimulatorOptions } from "../../src/simulator/contract.ts"
import type { Login } from "../../src/simulator/logins.ts"
import { type LogEntry, postsPerRefreshToken, reuses } from "../../src/simulator/request-log.ts"
import { type CodexHome, makeCodexHome } from "./codex-home.ts"
import type { ThrowawayCa } from "./throwaway-ca.ts"
import {
  type AuthFile,
  openWorld,
  type StoredLogin,
  type UseDocument,
  type World,
} from "./world.ts"

/** A world whose CODEX_HOME the compiled aim and the real Codex share, over one simulator. */
export type CodexWorld = World & {
  /** The shared home, as the real Codex is started in it. */
  codex: CodexHome
  /** `aim codex use [flags]`, as its receipt; fails the test unless it exits with `code`. */
  use: (flags?: string, code?: number) => Promise<UseDocument["activated"]["receipt"]>
  /** What the vault holds of a label; fails the test when it holds nothing. */
  stored: (label: string) => Promise<StoredLogin>
  /** The tokens in the shared home. */
  held: () => Promise<AuthFile["tokens"]>
  /** `aim codex use --next` until the home holds that one of two labels. */
  moveTo: (label: string) => Promise<void>
  /** Puts a fresh login into the shared home, as `codex login` would. */
  loginHere: (
    account: string,
    options?: { expiresInSeconds?: number; edit?: (document: AuthJson) => unknown },
  ) => Promise<Login>
  /** Requests of that kind so far. */
  seen: (kind: LogEntry["kind"]) => LogEntry[]
  /** Refresh tokens that were posted more than once, and posts of spent ones: none is law 2. */
  doublePosts: () => number
}

/** Opens a world with the accounts boss and qa; without `ca` Codex reaches it over plain http. */
export async function openCodexWorld(
  options: {
    ca?: ThrowawayCa
    accounts?: readonly AccountOptions[]
    simulator?: SimulatorOptions
    /** TOML at the top of the home's config. */
    config?: string
  } = {},
): Promise<CodexWorld> {
  const { ca, accounts = [{ name: "boss" }, { name: "qa" }], config = "" } = options
  const world = await openWorld(accounts, { ...options.simulator, ...(ca && { tls: ca }) })
  const { sim } = world
  const urls = { chatgptUrl: sim.chatgptUrl, authUrl: sim.authUrl, config }
  const codex = await makeCodexHome(
    ca === undefined ? { way: "http", ...urls } : { way: "tls", ca: ca.ca, ...urls },
  )
  world.env.CODEX_HOME = codex.dir
  if (ca !== undefined) {
    world.env.NODE_EXTRA_CA_CERTS = join(world.home, "ca.pem")
    await writeFile(world.env.NODE_EXTRA_CA_CERTS, ca.ca)
  }
  const use: CodexWorld["use"] = async (flags = "", code = 0) =>
    (await world.json(`codex use ${flags}`, code)).activated.receipt
  return {
    ...world,
    codex,
    codexHome: codex.dir,
    auth: (dir = codex.dir) => world.auth(dir),
    use,
    stored: async (label) => {
      const login = (await world.vault()).credentials["openai-codex"]?.[label]
      if (login === undefined) throw new Error(`the vault holds no login of ${label}`)
      return login
    },
    held: async () => (await world.auth(codex.dir)).tokens,
    moveTo: async (label) => {
      for (let tries = 0; tries < 2; tries++) if ((await use("--next")).label === label) return
      throw new Error(`aim codex use --next does not come to ${label}`)
    },
    loginHere: async (account, { expiresInSeconds, edit } = {}) => {
      const login = sim.mintLogin(
        account,
        expiresInSeconds === undefined ? {} : { expiresInSeconds },
      )
      const document = sim.authJson(login)
      await codex.swapAuth(edit === undefined ? document : edit(document))
      return login
    },
    seen: (kind) => sim.log().filter((entry) => entry.kind === kind),
    doublePosts: () => {
      const twice = [...postsPerRefreshToken(sim.log()).values()].filter((posts) => posts > 1)
      return twice.length + reuses(sim.log()).length
    },
    [Symbol.asyncDispose]: async () => {
      await world[Symbol.asyncDispose]()
      await codex.remove()
    },
  }
}
