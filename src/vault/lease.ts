import { compareLabels } from "../domain/label-order.ts"
import { fail } from "../system/errors.ts"
import { tryLock, withLock } from "../system/locks.ts"
import { placeName } from "./place-name.ts"
import type { Lease, LeasedLabel, VaultPaths } from "./vault.ts"

/** A holder may be waiting for a token POST, which has 60 s (design §3). */
const WAIT_MS = 75_000

/** The leases whose work is still going on: one that ended, or was made by hand, counts nothing. */
const standing = new WeakSet<Lease>()

/** See `Vault.withLabels`. Stops with `lock_timeout` when another aim holds one for over 75 s. */
export function withLabels<T>(
  paths: VaultPaths,
  labels: readonly LeasedLabel[],
  work: (lease: Lease) => Promise<T>,
  waitMs = WAIT_MS,
): Promise<T> {
  const ordered = inLockOrder(labels)
  return takeFrom(paths, ordered, waitMs, () => withStanding(ordered, work))
}

/** See `Vault.tryLabel`. */
export async function tryLabel<T>(
  paths: VaultPaths,
  label: LeasedLabel,
  work: (lease: Lease) => Promise<T>,
): Promise<{ held: true; value: T } | { held: false }> {
  return tryLock(paths.locks, `label-${placeName(label)}`, () => withStanding([label], work))
}

async function withStanding<T>(
  labels: readonly LeasedLabel[],
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const lease: Lease = { labels }
  standing.add(lease)
  try {
    return await work(lease)
  } finally {
    standing.delete(lease)
  }
}

/** Stops with `lease_missing`, a fault of aim, unless the lease stands and holds this label. */
export function assertHeld(lease: Lease, { provider, label }: LeasedLabel): void {
  const held = lease.labels.some((one) => one.provider === provider && one.label === label)
  if (held && standing.has(lease)) return
  fail(
    "lease_missing",
    `aim was about to change the label \`${label}\` without holding its lease; nothing was changed`,
    "this is a fault of aim: please report it with the command that was run",
  )
}

/** By provider, then label; each once. Every aim takes its leases in this order. */
export function inLockOrder(labels: readonly LeasedLabel[]): LeasedLabel[] {
  const sorted = [...labels].sort(
    (a, b) => compareTexts(a.provider, b.provider) || compareLabels(a.label, b.label),
  )
  return sorted.filter(({ provider, label }, at) => {
    const before = sorted[at - 1]
    return before?.provider !== provider || before.label !== label
  })
}

function takeFrom<T>(
  paths: VaultPaths,
  [next, ...rest]: readonly LeasedLabel[],
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  if (next === undefined) return work()
  const name = `label-${placeName(next)}`
  return withLock(paths.locks, name, () => takeFrom(paths, rest, waitMs, work), { waitMs })
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
