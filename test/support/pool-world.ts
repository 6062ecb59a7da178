import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { newAccount } from "../../src/domain/adopt/new-account.ts"
import { adoptPair } from "../../src/domain/credential-edits.ts"
import { codexCredential, type Document } from "../../src/domain/document.ts"
import { patchTarget, putAccount } from "../../src/domain/document-edits.ts"
import type { Store } from "../../src/domain/store.ts"
import { storedLogin } from "../../src/domain/stored-login.ts"
import type { LabelKey } from "../../src/ledger/ledger.ts"
import { openLedger } from "../../src/ledger/open.ts"
import { renewAsCodex } from "../../src/operations/demo/client.ts"
import { keyOf, type Pool } from "../../src/pool/pool.ts"
import { rememberedHomes } from "../../src/pool/stores.ts"
import { providersFor } from "../../src/providers/registry.ts"
import type { AccountOptions } from "../../src/simulator/account.ts"
import type { ClaudeLogin, ClaudeMint } from "../../src/simulator/claude-logins.ts"
import type { Simulator, SimulatorOptions } from "../../src/simulator/contract.ts"
import type { LogEntry } from "../../src/simulator/request-log.ts"
import { startSimulator } from "../../src/simulator/simulator.ts"
import { now } from "../../src/system/clock.ts"
import { targetsFor } from "../../src/targets/registry.ts"
import type { Target } from "../../src/targets/target.ts"
import { openVault } from "../../src/vault/open.ts"
import type { Lease } from "../../src/vault/vault.ts"
import { tempHome } from "../e2e/support/temp-home.ts"
import { withClaudeLabel } from "./claude-fixtures.ts"
import { providerEnv } from "./provider-env.ts"
import type { AuthFile } from "./world.ts"

type Minting = { expiresInSeconds?: number; dir?: string }

/** A real vault and ledger in a temp home over the simulator, all in this process. */
export type PoolWorld = AsyncDisposable & {
  sim: Simulator
  pool: Pool
  target: Target
  home: string
  /** The Codex home that `use` switches. */
  codexHome: string
  /** Writes a fresh login of an account into a home (`<home>/logins/<account>`); gives the home. */
  login: (account: string, minting?: Minting) => Promise<string>
  /** The same, taken in as the label of the account's name; the home is remembered as its store. */
  label: (account: string, minting?: Minting) => Promise<string>
  /** A fresh login of a Claude account as the label of its name, in the vault and nowhere else. */
  claudeLabel: (account: string, mint?: ClaudeMint) => Promise<ClaudeLogin>
  /** Takes what a home holds into the vault as a label's pair, unasked. */
  take: (label: string, dir: string) => Promise<void>
  edit: (change: (document: Document) => Document) => Promise<Document>
  document: () => Promise<Document>
  /** The state file's text: two that are equal hold the same tokens (two Documents need not). */
  text: () => Promise<string>
  /** The refresh token that the vault stores for a label. */
  stored: (label: string) => Promise<string | null>
  /** The tokens in a home's `auth.json`. */
  held: (dir?: string) => Promise<AuthFile["tokens"]>
  /** A client in that home refreshes by itself; gives its new refresh token. */
  rotate: (dir: string) => Promise<string>
  store: (dir?: string) => Promise<Store>
  /** A client of this user that has the home's login file open, until it is disposed of. */
  client: (dir: string) => Disposable & { pid: number }
  leased: <T>(label: string, work: (lease: Lease, key: LabelKey) => Promise<T>) => Promise<T>
  posts: () => LogEntry[]
}

/** Opens a world with these accounts in the simulator; everything goes away at the end. */
export async function openPoolWorld(
  accounts: readonly (string | AccountOptions)[] = ["boss"],
  options: SimulatorOptions & { env?: Record<string, string> } = {},
): Promise<PoolWorld> {
  const temp = await tempHome()
  const home = temp.path
  const { env: extra, ...simulated } = options
  const named = accounts.map((one) => (typeof one === "string" ? { name: one } : one))
  const sim = startSimulator({ ...simulated, accounts: named })
  const env = { ...providerEnv(sim), ...extra }
  const stateFile = join(home, ".aimgr", "secrets.json")
  const homes = { userHome: home, sandboxed: true, stateFile, env, cwd: home }
  const vault = await openVault(stateFile)
  await mkdir(vault.paths.dir, { mode: 0o700 })
  const ledger = openLedger(join(vault.paths.dir, "ledger.db"), { now: now() })
  const targets = targetsFor(homes)
  const pool: Pool = { homes, vault, ledger, providers: providersFor(env), targets }
  const [target] = targets
  if (target === undefined) throw new Error("there is no target")
  const codexHome = join(home, ".codex")
  const document = async () => (await vault.read()).document
  const edit = async (change: (document: Document) => Document) =>
    (await vault.commit(change)).document
  const held = async (dir = codexHome): Promise<AuthFile["tokens"]> =>
    (JSON.parse(await readFile(join(dir, "auth.json"), "utf8")) as AuthFile).tokens

  const login: PoolWorld["login"] = async (account, { dir, ...minting } = {}) => {
    const place = dir ?? join(home, "logins", account)
    await mkdir(place, { recursive: true, mode: 0o700 })
    const text = JSON.stringify(sim.authJson(sim.mintLogin(account, minting)), null, 2)
    await writeFile(join(place, "auth.json"), text, { mode: 0o600 })
    return place
  }
  const take: PoolWorld["take"] = async (label, dir) => {
    const readback = await target.read(await target.storeAt(dir))
    if (readback.kind !== "login") throw new Error(`${dir} holds no login: ${readback.kind}`)
    await edit((before) => {
      const known = Object.hasOwn(before.accounts, label)
      const based = known ? before : putAccount(before, label, newAccount("openai-codex"))
      return adoptPair(based, label, readback.login, now())
    })
  }
  return {
    sim,
    pool,
    target,
    home,
    codexHome,
    login,
    take,
    edit,
    document,
    text: () => readFile(stateFile, "utf8"),
    held,
    label: async (account, minting) => {
      const dir = await login(account, minting)
      await take(account, dir)
      if (dir !== codexHome) await edit((before) => remembering(before, target, dir, account))
      return dir
    },
    claudeLabel: async (account, mint) => {
      const minted = sim.claude.mintLogin(account, mint)
      await edit((before) => withClaudeLabel(before, account, sim.claude.files(minted)))
      return minted
    },
    stored: async (label) => {
      const stands = await document()
      const claude = storedLogin(stands, { provider: "anthropic", label })
      return (codexCredential(stands, label) ?? claude)?.refresh.reveal() ?? null
    },
    rotate: async (dir) => {
      await renewAsCodex(sim, dir)
      return (await held(dir)).refresh_token
    },
    store: (dir) => (dir === undefined ? target.primaryStore() : target.storeAt(dir)),
    client: (dir) => {
      const stdin = Bun.file(join(dir, "auth.json"))
      const child = Bun.spawn(["sleep", "60"], { stdin, stdout: "ignore", stderr: "ignore" })
      return { pid: child.pid, [Symbol.dispose]: () => child.kill("SIGKILL") }
    },
    leased: (label, work) => {
      const key = keyOf("openai-codex", label)
      return vault.withLabels([key], (lease) => work(lease, key))
    },
    posts: () => sim.log().filter(({ kind }) => kind === "token_refresh"),
    [Symbol.asyncDispose]: async () => {
      ledger.close()
      await sim.stop()
      await temp[Symbol.asyncDispose]()
    },
  }
}

function remembering(document: Document, target: Target, dir: string, label: string): Document {
  const homes = rememberedHomes(document, target).map(([path, name]) => [path, { label: name }])
  const sourceHomes = { ...Object.fromEntries(homes), [dir]: { label } }
  return patchTarget(document, target.vaultKey, { sourceHomes })
}
