import { asObject, type Document, targetBlock } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import type { LabelKey, Ledger } from "../ledger/ledger.ts"
import { openLedger } from "../ledger/open.ts"
import type { LoginFlow } from "../providers/login-flow.ts"
import type { Provider } from "../providers/provider.ts"
import { type Providers, providersFor } from "../providers/registry.ts"
import { now } from "../system/clock.ts"
import { AimError, fail } from "../system/errors.ts"
import { fileExists, listNames } from "../system/files.ts"
import type { Homes } from "../system/homes.ts"
import { leaveNotice } from "../system/notices.ts"
import { targetsFor } from "../targets/registry.ts"
import type { Target } from "../targets/target.ts"
import { openVault } from "../vault/open.ts"
import type { Vault } from "../vault/vault.ts"

/** Everything that an operation stands on: the homes, the vault, the ledger, issuers, clients. */
export type Pool = {
  homes: Homes
  vault: Vault
  ledger: Ledger
  providers: Providers
  targets: readonly Target[]
}

/**
 * Opens vault and ledger for the time of `work`. Opening changes no file but the ledger. What is
 * wrong with the ledger stops nothing; it is left as a notice, unless the work `tells` it itself.
 */
export async function withPool<T>(
  homes: Homes,
  work: (pool: Pool) => Promise<T>,
  options: { tells?: boolean } = {},
): Promise<T> {
  const vault = await openVault(homes.stateFile)
  const file = `${vault.paths.dir}/ledger.db`
  const lost = !(await fileExists(file)) && (await wasLost(vault))
  const ledger = openLedger(file, { now: now(), lost })
  let told = 0
  try {
    const value = await work({
      homes,
      vault,
      ledger,
      providers: providersFor(homes.env),
      targets: targetsFor(homes),
    })
    if (options.tells) told = ledger.warnings.length
    return value
  } finally {
    ledger.tidy(now())
    ledger.close()
    for (const problem of ledger.warnings.slice(told)) leaveNotice(problem)
  }
}

/**
 * Whether there was a ledger: the state file holds what came out of one, and not even a link to
 * nowhere stands in its place. A state file that can't be read is no reason to stop.
 */
async function wasLost(vault: Vault): Promise<boolean> {
  try {
    if ((await listNames(vault.paths.dir)).includes("ledger.db")) return false
    const { document } = await vault.read()
    return Object.values(document.targets).some((block) => asObject(block)?.lastSelectionReceipt)
  } catch (error) {
    if (error instanceof AimError) return false
    throw error
  }
}

/** The issuer of a label's credential. */
export function providerFor(pool: Pool, id: ProviderId): Provider {
  return pool.providers[id]
}

/** The issuer's full login; stops where its client alone can make one (Claude Code). */
export async function loginFlowOf(pool: Pool, id: ProviderId): Promise<LoginFlow> {
  const { login } = providerFor(pool, id)
  if (login !== null) return login()
  return fail(
    "no_login_of_aims_own",
    `a login of \`${id}\` can't be made here`,
    "log in with its own client, then capture that login",
  )
}

/** The targets that can hold logins of one provider. */
export function targetsOf(pool: Pool, provider: ProviderId): Target[] {
  return pool.targets.filter((target) => target.provider === provider)
}

/** True when some target was last switched to this label. */
export function isActive(pool: Pool, document: Document, { provider, label }: LabelKey): boolean {
  return targetsOf(pool, provider).some(
    (target) => targetBlock(document, target.vaultKey).activeLabel === label,
  )
}

export function keyOf(provider: ProviderId, label: Label): LabelKey {
  return { provider, label }
}
