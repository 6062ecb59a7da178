import type { Document } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import type { ProviderId } from "../domain/provider-id.ts"

/** The vault's file as it was read: an immutable picture, migrated in memory only. */
export type Snapshot = {
  document: Document
  /** True when there is no file yet. */
  missing: boolean
}

/** Where the vault keeps its things; everything but `file` lies in the file's real folder. */
export type VaultPaths = {
  /** The file as the operator names it, absolute. */
  file: string
  /** Where it really lies, symlinks followed, even when nothing stands there yet. */
  realFile: string
  dir: string
  locks: string
  inflight: string
}

/** One label of one provider. */
export type LeasedLabel = { readonly provider: ProviderId; readonly label: Label }

/**
 * A lease on labels: whoever holds it may change their credential, name or existence. It is
 * handed to the functions that do so, so that none can be called without it. It ends with the
 * work it was given to (see lease.ts).
 */
export type Lease = { readonly labels: readonly LeasedLabel[] }

/** The single source of truth and the code that guards it (design §5); made by `openVault`. */
export type Vault = {
  paths: VaultPaths
  /** Reads and validates the file. A damaged, newer or foreign file is refused, never rewritten. */
  read(): Promise<Snapshot>
  /**
   * Locks, reads again, applies the pure `change`, validates, writes. When `change` returns the
   * document it was given, nothing is written. A backup is made when durable truth changes.
   * Gives what now stands in the file.
   */
  commit(change: (document: Document) => Document): Promise<Snapshot>
  /**
   * Holds the leases of these labels (taken in label order, each once) for the time of `work`.
   * The vault's own lock comes last: `commit` may be called inside, `withLabels` may not. Another
   * aim that holds one is waited for so long (ms), by default as long as a token POST may take.
   */
  withLabels<T>(
    labels: readonly LeasedLabel[],
    work: (lease: Lease) => Promise<T>,
    waitMs?: number,
  ): Promise<T>
  /** As `withLabels` for one label, but gives up at once when another aim holds its lease. */
  tryLabel<T>(
    label: LeasedLabel,
    work: (lease: Lease) => Promise<T>,
  ): Promise<{ held: true; value: T } | { held: false }>
}
