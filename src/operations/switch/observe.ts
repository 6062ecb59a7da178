import type { Label } from "../../domain/label.ts"
import { preSwitchSync } from "../../domain/receipt/pre-switch-sync.ts"
import { type Captured, type Finding, findingOf, type PreSwitchSync } from "../../domain/receipt.ts"
import type { Store } from "../../domain/store.ts"
import { captureStore } from "../../pool/capture.ts"
import type { Pool } from "../../pool/pool.ts"
import { type Held, readStore } from "../../pool/stores.ts"
import type { Target } from "../../targets/target.ts"
import type { ActivateOptions } from "../activate.ts"
import { adoptForeign } from "../capture/adopt-foreign.ts"
import { foreignFinding, isForeign } from "../capture/foreign-login.ts"
import { currentLabel } from "./current-label.ts"

/** A store as a switch finds it: what it holds, which label that is, and what forbids a switch. */
export type Observed = {
  held: Held
  current: Label | null
  warnings: Finding[]
  blockers: Finding[]
  /** What the store had for the vault when it was read. */
  sync: PreSwitchSync
}

/** Reads the store and says what it means for a switch; changes nothing. */
export async function observe(
  pool: Pool,
  target: Target,
  store: Store,
  options: ActivateOptions,
): Promise<Observed> {
  const system = `${target.id}-cli`
  const { document } = await pool.vault.read()
  const held = await readStore(document, target, store)
  const found = await target.obstacles(store)
  const blockers = found.blockers.map((problem) => findingOf(problem, { system }))
  const warnings = found.warnings.map((problem) => findingOf(problem, { system }))
  const { readback, owner } = held
  if (readback.kind === "unreadable") blockers.push(findingOf(readback.problem, { system }))
  const allowed = options.replaceUnmanaged || options.adopt !== null
  if (isForeign(readback, owner !== null) && !allowed) {
    blockers.push(foreignFinding(target, store, readback))
  }
  const sync = preSwitchSync(document, readback, owner)
  return { held, current: currentLabel(document, target, held), warnings, blockers, sync }
}

/**
 * As {@link observe}, after what the store has for the vault has been taken in: a login to adopt
 * under a new label, a pair that the client rotated.
 */
export async function observeAndCapture(
  pool: Pool,
  target: Target,
  store: Store,
  options: ActivateOptions,
): Promise<Observed & { captured: Captured[] }> {
  const first = await observe(pool, target, store, options)
  if (first.blockers.length > 0) return { ...first, captured: [] }
  if (options.adopt !== null && isForeign(first.held.readback, first.held.owner !== null)) {
    const adopted = await adoptForeign(pool, target, store, options.adopt)
    return { ...(await observe(pool, target, store, options)), captured: [adopted] }
  }
  const { document } = await pool.vault.read()
  const captured = await captureStore(pool, document, target, store)
  const { sync } = first
  if (captured === null) {
    const refused = { synced: false, reason: "capture_refused", ...labelIn(sync) }
    return { ...first, sync: sync.synced ? refused : sync, captured: [] }
  }
  return { ...(await observe(pool, target, store, options)), sync, captured: [captured] }
}

function labelIn({ label }: PreSwitchSync): { label?: Label } {
  return label === undefined ? {} : { label }
}
