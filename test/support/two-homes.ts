import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { newAccount } from "../../src/domain/adopt/new-account.ts"
import { adoptPair } from "../../src/domain/credential-edits.ts"
import type { Document } from "../../src/domain/document.ts"
import { putAccount } from "../../src/domain/document-edits.ts"
import type { ProviderId } from "../../src/domain/provider-id.ts"
import { storedLogin } from "../../src/domain/stored-login.ts"
import { openLedger } from "../../src/ledger/open.ts"
import { type SyncOptions, syncProvider } from "../../src/operations/sync-provider.ts"
import type { Pool } from "../../src/pool/pool.ts"
import { now } from "../../src/system/clock.ts"
import { targetsFor } from "../../src/targets/registry.ts"
import { openVault } from "../../src/vault/open.ts"
import { withClaudeLabel } from "./claude-fixtures.ts"
import { openPoolWorld, type PoolWorld } from "./pool-world.ts"

/** Another machine's aim, as far as this process plays it: a home of its own, the same issuer. */
export type Authority = {
  home: string
  file: string
  pool: Pool
  /** A fresh login of an account as the label of its name, there and nowhere else. */
  label: (account: string, minting?: { expiresInSeconds?: number }) => Promise<void>
  claudeLabel: (account: string, expiresInSeconds?: number) => Promise<void>
  edit: (change: (document: Document) => Document) => Promise<Document>
  document: () => Promise<Document>
  text: () => Promise<string>
  stored: (label: string, provider?: ProviderId) => Promise<string | null>
}

/** A consumer and its authority over one simulator. */
export type TwoHomes = PoolWorld & {
  authority: Authority
  /** `aim sync codex --from <authority>`, or as `options` say. */
  sync: (options?: Partial<SyncOptions>, provider?: ProviderId) => ReturnType<typeof syncProvider>
}

/** Opens both; the labels stand at the authority, and nothing stands here yet. */
export async function openTwoHomes(
  labels: readonly string[] = ["boss"],
  options: Parameters<typeof openPoolWorld>[1] & { others?: readonly string[] } = {},
): Promise<TwoHomes> {
  const { others = [], ...world } = options
  const consumer = await openPoolWorld([...new Set([...labels, ...others])], world)
  const authority = await openAuthority(consumer)
  for (const label of labels) await authority.label(label)
  return {
    ...consumer,
    authority,
    sync: (how, provider = "openai-codex") =>
      syncProvider(consumer.pool, provider, {
        from: authority.file,
        discardDirty: false,
        pruneLive: false,
        dryRun: false,
        ...how,
      }),
    [Symbol.asyncDispose]: async () => {
      authority.pool.ledger.close()
      await consumer[Symbol.asyncDispose]()
    },
  }
}

/** One more home beside a world's own, in which nothing stands yet. */
export async function openAuthority(world: PoolWorld, name = "authority"): Promise<Authority> {
  const home = join(world.home, name)
  const file = join(home, ".aimgr", "secrets.json")
  await mkdir(join(home, ".aimgr"), { recursive: true, mode: 0o700 })
  const homes = { ...world.pool.homes, userHome: home, stateFile: file, cwd: home }
  const vault = await openVault(file)
  const ledger = openLedger(join(vault.paths.dir, "ledger.db"), { now: now() })
  const { providers } = world.pool
  const pool: Pool = { homes, vault, ledger, providers, targets: targetsFor(homes) }
  const document = async () => (await vault.read()).document
  const edit: Authority["edit"] = async (change) => (await vault.commit(change)).document
  return {
    home,
    file,
    pool,
    document,
    edit,
    text: () => readFile(file, "utf8"),
    label: async (account, minting) => {
      const dir = await world.login(account, { ...minting, dir: join(home, "logins", account) })
      const readback = await world.target.read(await world.target.storeAt(dir))
      if (readback.kind !== "login") throw new Error(`${dir} holds no login`)
      await edit((before) => {
        const known = Object.hasOwn(before.accounts, account)
        const based = known ? before : putAccount(before, account, newAccount("openai-codex"))
        return adoptPair(based, account, readback.login, now())
      })
    },
    claudeLabel: async (account, expiresInSeconds) => {
      const minting = expiresInSeconds === undefined ? {} : { expiresInSeconds }
      const minted = world.sim.claude.mintLogin(account, minting)
      await edit((before) => withClaudeLabel(before, account, world.sim.claude.files(minted)))
    },
    stored: async (label, provider = "openai-codex") =>
      storedLogin(await document(), { provider, label })?.refresh.reveal() ?? null,
  }
}
