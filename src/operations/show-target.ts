import { activeLabel, type Document, labelsOf } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import { type Finding, findingOf } from "../domain/receipt.ts"
import type { Holder, StoreView } from "../domain/store.ts"
import { storedLogin } from "../domain/stored-login.ts"
import type { Pool } from "../pool/pool.ts"
import { type Held, readStore, storesOf } from "../pool/stores.ts"
import type { Target } from "../targets/target.ts"
import { foreignFinding, isForeign } from "./capture/foreign-login.ts"
import { concerned, keptOut, keptOutFindings } from "./switch/kept-out.ts"

/** One store as `show` tells it: what it holds by token and by account, and what stands in the way. */
export type ShownStore = {
  primary: boolean
  view: StoreView
  /** The label whose very pair (or a former or newer one) the store holds. */
  labelByToken: Label | null
  /** `same`, `older`, `newer`, `conflict`, or null without an owner. */
  relation: string | null
  /** Labels whose account id stands in the file; seats of one workspace share it. */
  labelsByAccount: Label[]
  holders: Holder[]
  holdersUnreadable: boolean
  blockers: Finding[]
  warnings: Finding[]
}

export type Shown = { target: string; activeLabel: Label | null; stores: ShownStore[] }

/** `aim <target> show`: which label each home really holds, and what would block a switch. */
export async function showTarget(pool: Pool, target: Target): Promise<Shown> {
  const { document } = await pool.vault.read()
  const stores: ShownStore[] = []
  for (const store of await storesOf(document, target)) {
    const held = await readStore(document, target, store)
    stores.push(await showStore(document, target, held))
  }
  return { target: target.id, activeLabel: activeLabel(document, target.vaultKey), stores }
}

async function showStore(document: Document, target: Target, held: Held): Promise<ShownStore> {
  const { store, readback, owner } = held
  const system = `${target.id}-cli`
  const found = await target.obstacles(store)
  const { holders, unreadable } = await target.holders(store)
  const blockers = found.blockers.map((problem) => findingOf(problem, { system }))
  const out = keptOut(document, target, found, concerned(document, target, held))
  if (readback.kind === "unreadable") blockers.push(findingOf(readback.problem, { system }))
  if (isForeign(readback, owner !== null)) blockers.push(foreignFinding(target, store, readback))
  return {
    primary: store.primary,
    view: await target.describe(store),
    labelByToken: owner?.label ?? null,
    relation: owner?.relation ?? null,
    labelsByAccount: labelsByAccount(document, held),
    holders,
    holdersUnreadable: unreadable,
    blockers,
    warnings: [
      ...found.warnings.map((problem) => findingOf(problem, { system })),
      ...keptOutFindings(target, out),
    ],
  }
}

function labelsByAccount(document: Document, { readback, target: { provider } }: Held): Label[] {
  if (readback.kind !== "login") return []
  const { workspace } = readback.login.identity
  return labelsOf(document, provider).filter(
    (label) =>
      workspace !== null &&
      storedLogin(document, { provider, label })?.identity.workspace === workspace,
  )
}
