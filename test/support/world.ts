import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { SelectionReceipt } from "../../src/domain/receipt.ts"
import type { AccountOptions } from "../../src/simulator/account.ts"
import type { ClaudeLogin, ClaudeMint } from "../../src/simulator/claude-logins.ts"
import type { Simulator, SimulatorOptions } from "../../src/simulator/contract.ts"
import type { Login } from "../../src/simulator/logins.ts"
import { startSimulator } from "../../src/simulator/simulator.ts"
import { openVault } from "../../src/vault/open.ts"
import { type RunOptions, type RunResult, runAim } from "../e2e/support/run-aim.ts"
import { tempHome } from "../e2e/support/temp-home.ts"
import {
  type ClaudeHeld,
  readClaudeHome,
  withClaudeLabel,
  writeClaudeHome,
} from "./claude-fixtures.ts"
import { providerEnv } from "./provider-env.ts"

/** What stands in a client's login file, as far as tests look. */
export type AuthFile = {
  auth_mode?: string
  OPENAI_API_KEY?: string | null
  tokens: { id_token: string; access_token: string; refresh_token: string; account_id?: string }
  last_refresh?: string
}

/** What stands in `secrets.json`, as far as tests look. */
export type VaultFile = {
  accounts: Record<string, Record<string, unknown>>
  credentials: Record<string, Record<string, StoredLogin>>
  targets: Partial<Record<"codexCli" | "claudeCli" | "piCli", Record<string, unknown>>>
  pool: Record<string, unknown>
  quarantine?: {
    id: string
    reason: string
    label: string | null
    credential: Partial<StoredLogin>
  }[]
}
export type StoredLogin = {
  access: string
  refresh: string
  idToken: string
  accountId: string
  formerPairs?: string[]
  verdict?: { reason: string; pair: string }
}

/** The document of `aim codex use --json`. */
export type UseDocument = {
  ok: boolean
  dryRun?: boolean
  activated: { status: string; receipt: SelectionReceipt; wrote: { auth: boolean } }
}

/** A user home, the fake providers, and the compiled aim between them. */
export type World = AsyncDisposable & {
  sim: Simulator
  home: string
  /** The user's own Codex home, `<home>/.codex`. */
  codexHome: string
  aim: (args: string, options?: RunOptions) => Promise<RunResult>
  /** Runs aim with `--json` and gives its document; fails the test unless it exits with `code`. */
  json: <T = UseDocument>(args: string, code?: number, options?: RunOptions) => Promise<T>
  /** Logs an account in in a home of its own, `<home>/logins/<name>`, as `codex login` would. */
  login: (
    account: string,
    options?: { expiresInSeconds?: number; dir?: string },
  ) => Promise<{ dir: string; login: Login }>
  /** Logs in and captures as the label of the account's name. */
  label: (
    account: string,
    options?: { expiresInSeconds?: number },
  ) => Promise<{ dir: string; login: Login }>
  auth: (dir?: string) => Promise<AuthFile>
  /**
   * Logs a Claude account in in a user home of its own, `<home>/logins/<name>`, or in `dir`, as
   * `claude auth login` would.
   */
  claudeLogin: (
    account: string,
    options?: ClaudeMint & { dir?: string },
  ) => Promise<{ dir: string; login: ClaudeLogin }>
  /** The same in this world's own home, which `aim claude` switches. */
  claudeHome: (account: string, options?: ClaudeMint) => Promise<ClaudeLogin>
  /** A fresh login of the account as the label of its name, put into the vault and nowhere else. */
  claudeLabel: (account: string, options?: ClaudeMint) => Promise<ClaudeLogin>
  /** What a Claude home holds; this world's own unless said otherwise. */
  claudeHeld: (dir?: string) => Promise<ClaudeHeld>
  vault: () => Promise<VaultFile>
  env: Record<string, string>
}

/** Opens a world with these accounts in the simulator; everything goes away at the end. */
export async function openWorld(
  accounts: readonly AccountOptions[],
  options: SimulatorOptions = {},
): Promise<World> {
  const home = await tempHome()
  const sim = startSimulator({ ...options, accounts })
  const env = providerEnv(sim)
  const codexHome = join(home.path, ".codex")
  const aim = (args: string, run: RunOptions = {}) =>
    runAim(
      args.split(" ").filter((word) => word !== ""),
      {
        home: home.path,
        ...run,
        env: { ...env, ...run.env },
      },
    )
  const login: World["login"] = async (account, { expiresInSeconds, dir } = {}) => {
    const minted = sim.mintLogin(
      account,
      expiresInSeconds === undefined ? {} : { expiresInSeconds },
    )
    const place = dir ?? join(home.path, "logins", account)
    await mkdir(place, { recursive: true, mode: 0o700 })
    const text = JSON.stringify(sim.authJson(minted), null, 2)
    await writeFile(join(place, "auth.json"), text, { mode: 0o600 })
    return { dir: place, login: minted }
  }
  const claudeLogin: World["claudeLogin"] = async (account, { dir, ...mint } = {}) => {
    const minted = sim.claude.mintLogin(account, mint)
    const place = dir ?? join(home.path, "logins", account)
    await writeClaudeHome(place, sim.claude.files(minted))
    return { dir: place, login: minted }
  }
  return {
    sim,
    home: home.path,
    claudeLogin,
    claudeHome: async (account, mint) =>
      (await claudeLogin(account, { ...mint, dir: home.path })).login,
    claudeLabel: async (account, mint) => {
      const minted = sim.claude.mintLogin(account, mint)
      const vault = await openVault(join(home.path, ".aimgr", "secrets.json"))
      await vault.commit((before) => withClaudeLabel(before, account, sim.claude.files(minted)))
      return minted
    },
    claudeHeld: (dir = home.path) => readClaudeHome(dir),
    codexHome,
    env,
    aim,
    json: async <T>(args: string, code = 0, run: RunOptions = {}) => {
      const result = await aim(`${args} --json`, run)
      if (result.code !== code) {
        throw new Error(
          `aim ${args} ended with ${result.code}, not ${code}\n${result.stdout}${result.stderr}`,
        )
      }
      return result.json() as T
    },
    login,
    label: async (account, how = {}) => {
      const made = await login(account, how)
      const result = await aim(`codex capture ${account} --source-home ${made.dir}`)
      if (result.code !== 0) throw new Error(`capture ${account}: ${result.stdout}${result.stderr}`)
      return made
    },
    auth: async (dir = codexHome) => JSON.parse(await readFile(join(dir, "auth.json"), "utf8")),
    vault: async () =>
      JSON.parse(await readFile(join(home.path, ".aimgr", "secrets.json"), "utf8")),
    [Symbol.asyncDispose]: async () => {
      await sim.stop()
      await home[Symbol.asyncDispose]()
    },
  }
}
