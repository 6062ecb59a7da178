import { type Document, labelsOf } from "../domain/document.ts"
import { type ImportStatus, importStatus } from "../domain/import/status.ts"
import type { Label } from "../domain/label.ts"
import { findingOf } from "../domain/receipt.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { clockOff } from "../pool/clock-off.ts"
import { enabledKeys } from "../pool/enabled-keys.ts"
import { liveView } from "../pool/live-view.ts"
import { keyOf, type Pool } from "../pool/pool.ts"
import { readUsage, type UsageMode } from "../pool/usage.ts"
import { now } from "../system/clock.ts"
import { isoTime } from "../system/time.ts"
import { accountStatus, compareByNeed } from "./status/account.ts"
import { claudeStatus } from "./status/claude.ts"
import { claudeWarnings } from "./status/claude-warnings.ts"
import { clientStatus } from "./status/client.ts"
import { accountMismatches, clientWarnings } from "./status/client-warnings.ts"
import type { Status } from "./status/document.ts"
import { hermesStatus, openclawStatus } from "./status/fleets.ts"
import { nextBest } from "./status/next-best.ts"
import { piStatus, piWarnings } from "./status/pi.ts"
import { poolNumbers } from "./status/pool.ts"
import { rememberedBy } from "./status/record.ts"
import { overrideWarning, stateWarnings } from "./status/state.ts"
import { accountWarnings } from "./status/warnings.ts"
import { watchStatuses } from "./status/watches.ts"
import { type Verdict, verdictFrom } from "./why.ts"

/**
 * Reads the whole pool for people and programs. Writes nothing but the ledger's cache, refreshes
 * nothing: an access token that has run out is shown with the last good reading and its age.
 */
export async function readStatus(pool: Pool, mode: UsageMode): Promise<Status> {
  const { document, missing, stores } = await liveView(pool)
  const views = await readUsage(pool, document, readableKeys(pool, document), mode)
  const at = now()
  const imports = {
    codex: importStatus(document, "openai-codex"),
    anthropic: importStatus(document, "anthropic"),
  }
  const remembered = rememberedBy(pool.ledger, at)
  const viewOf = new Map(views.map((view) => [view.key.label, view]))
  const accounts = labelsOf(document).map((label) => {
    const facts = { view: viewOf.get(label) ?? null, dirtyLocal: dirty(imports, label), remembered }
    return accountStatus(pool, document, label, facts, at)
  })
  const history = pool.ledger.history("openai-codex", at)
  const numbers = poolNumbers(document, accounts, views, history, at)
  const target = pool.targets.find(({ id }) => id === "codex")
  const codex = target === undefined ? null : await clientStatus(target, document, stores)
  const anthropic = pool.targets.find(({ id }) => id === "claude")
  const claude =
    anthropic === undefined ? null : await claudeStatus(anthropic, document, stores, pool.homes)
  const pi = pool.targets.find(({ id }) => id === "pi")
  const piCli = pi === undefined ? null : await piStatus(pi, document, stores)
  const verdict =
    target === undefined || enabledKeys(document, target).length === 0
      ? null
      : await verdictFrom(pool, target, { document, stores }, views)
  return {
    schemaVersion: 1,
    generatedAt: isoTime(at),
    statePath: pool.vault.paths.file,
    accounts: accounts.sort(compareByNeed),
    openclaw: openclawStatus(document),
    nextBestCandidate: verdict === null ? null : nextBest(document, verdict, views, numbers),
    decision: verdict === null ? null : decisionOf(verdict),
    pool_now: numbers.pool_now,
    windows: numbers.windows,
    pressure: numbers.pressure,
    projection: numbers.projection,
    capacity: numbers.capacity,
    imports: { authority: imports },
    codexCli: codex,
    claudeCli: claude,
    piCli,
    hermesFleet: hermesStatus(document, pool.homes.userHome),
    watches: watchStatuses(pool),
    unknown_accounts: numbers.unknown,
    quarantined: document.quarantine?.length ?? 0,
    warnings: [
      ...(await stateWarnings(pool, missing)),
      ...pool.ledger.warnings.map((problem) => findingOf(problem)),
      ...overrideWarning(pool),
      ...clockOff(pool),
      ...accountWarnings(document, accounts, imports),
      ...(target === undefined || codex === null
        ? []
        : await clientWarnings(target, document, stores, accountMismatches(codex))),
      ...(anthropic === undefined || claude === null
        ? []
        : await claudeWarnings(anthropic, document, stores, claude)),
      ...(pi === undefined || piCli === null ? [] : await piWarnings(pi, document, stores, piCli)),
    ],
  }
}

/** The labels whose quota some target's provider can tell, each once. */
function readableKeys(pool: Pool, document: Document): LabelKey[] {
  const providers = [...new Set(pool.targets.map(({ provider }) => provider))]
  return providers.flatMap((provider) =>
    labelsOf(document, provider).map((label) => keyOf(provider, label)),
  )
}

/** Whether an imported label has changed here; null for one that was not imported. */
function dirty(imports: { [authority: string]: ImportStatus }, label: Label): boolean | null {
  const found = Object.values(imports).find(({ labels }) => labels.includes(label))
  return found === undefined ? null : found.dirtyLabels.includes(label)
}

function decisionOf({ choice: { reason, alsoReasons, label, kept } }: Verdict): Status["decision"] {
  return { reason, alsoReasons, label, kept }
}
