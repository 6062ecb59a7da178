import type { Label } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import type { Reading } from "../domain/window.ts"
import type { AwakeMoment } from "../system/awake-clock.ts"
import type { Problem } from "../system/errors.ts"

export type LabelKey = { provider: ProviderId; label: Label }

/** How the usage endpoint has answered for one label lately. Times are epoch ms. */
export type ProbeState = {
  lastAttemptAt: number | null
  lastSuccessAt: number | null
  /** `ok`, `transient`, `rate_limited`, `unauthorized`, `protocol`. */
  lastOutcome: string | null
  /** One line for people; cut after 500 characters, token-like text redacted. */
  lastDetail: string | null
  /** Until when the endpoint asked not to be asked again. */
  retryAfterUntil: number | null
  /** Outcomes other than `ok` since the last `ok`, counted over all processes. */
  consecutiveFailures: number
  lastRefreshAt: number | null
  lastQuotaHitAt: number | null
}

/** Until when a label is not to be used, epoch ms, and why. */
export type Cooldown = { until: number; reason: string }

/**
 * One good reading as the burn learns from it; `active` when a target served this label then.
 * Older than a week there is one for each label and hour: the hour's last, `active` when any was.
 */
export type Sample = {
  label: Label
  observedAt: number
  active: boolean
  plan: string | null
  fiveUsed: number | null
  fiveResetAt: number | null
  weekUsed: number | null
  weekResetAt: number | null
}

/** What one label used in one hour: the mean of its readings and the last of them, in percent. */
export type UsageHour = {
  label: Label
  /** Start of the hour (UTC), epoch ms. */
  hour: number
  readings: number
  fiveMean: number | null
  fiveLast: number | null
  weekMean: number | null
  weekLast: number | null
}

export type StoredReceipt = {
  id: number
  at: number
  action: string
  status: string
  target: string | null
  /** The label's present name; `receipt.label` is the name it had then. */
  label: Label | null
  receipt: JsonObject
  /**
   * Of a watch's receipt: the ticks that decided the same, of which the receipt is the first's and
   * `at` the last's time; `last` is what was kept of the last one. Null for any other receipt.
   */
  run: { firstAt: number; count: number; last: JsonObject } | null
}

/** One tick of a watch. */
export type Tick = {
  /** Epoch ms. */
  at: number
  receipt: JsonObject & { action: string; status: string }
  target: string
  /** Ticks in a row with the same decision are one run. */
  decision: string
  /** The numbers that may differ from tick to tick of one run. */
  last: JsonObject
}

/** Ticks in a row that came to one decision; `id` is that of the first one's receipt. */
export type Run = { id: number; firstAt: number; lastAt: number; count: number }

/** One entry of the reference's `pool.*.history` (kind `selection`, `exhaustion`, `rebalance`). */
export type HistoryEntry = JsonObject & { observedAt: string; kind: string }

/**
 * The ledger: what happened and what was seen. No token ever enters it: Secrets, strings under a
 * token's key and token-shaped text become `[redacted]`. Every method is synchronous (SQLite) and
 * none throws. A broken file is set aside, rebuilt and named in `warnings`; where the file can't be
 * used (locked too long, full disk, no permission, newer schema) a stand-in in memory, with what
 * could still be read, serves this process, and what is written goes to the file later if `tidy` or
 * `close` finds it usable again.
 */
export type Ledger = {
  /** What went wrong so far, one of each code; grows while the ledger is used. */
  readonly warnings: readonly Problem[]
  /**
   * Keeps a good reading. One that repeats the last minute's numbers adds no sample, and one that
   * is older than the kept one (by less than 10 minutes: else the clock was set back) replaces
   * nothing.
   */
  saveReading(key: LabelKey, reading: Reading, active: boolean): void
  /** The last good reading, however old; retention never removes it. */
  lastReading(key: LabelKey): Reading | null
  /** The same at once for all of a provider's labels; one without a reading is not in it. */
  lastReadings(provider: ProviderId): Map<Label, Reading>
  /** Good readings of a provider's labels since `since` (epoch ms), oldest first, at most `limit` newest. */
  samples(provider: ProviderId, since: number, limit: number): Sample[]
  /**
   * A name for exactly the samples that {@link Ledger.samples} would give, and the time of the last
   * of them; much cheaper than they are. Empty where it can't be had.
   */
  samplesPrint(
    provider: ProviderId,
    since: number,
    limit: number,
  ): { print: string; last: number | null }
  /** What was kept under this name for this print, or null. */
  digest(name: string, print: string): JsonObject | null
  /** Keeps what was worked out of the samples of that print; a cache, given up without a word. */
  keepDigest(name: string, print: string, body: JsonObject): void
  /** Usage by label and hour since `since` (epoch ms), oldest first, at most `limit` newest. */
  usageHours(provider: ProviderId, since: number, limit: number): UsageHour[]
  /** All null and 0 for a label that was never probed. */
  probeState(key: LabelKey): ProbeState
  /** The same at once for all of a provider's labels; one that was never probed is not in it. */
  probeStates(provider: ProviderId): Map<Label, ProbeState>
  /**
   * Merges the patch: what it does not name stays. A patch that names `lastOutcome` but not
   * `consecutiveFailures` resets the count (`ok`) or adds one to it (anything else).
   */
  saveProbe(key: LabelKey, patch: Partial<ProbeState>): void
  /**
   * By how much the issuer's clock was ahead of this machine's when it last told its time, ms
   * (behind: negative); 0 where they agreed within five minutes.
   */
  issuerLead(provider: ProviderId): number
  saveIssuerLead(provider: ProviderId, lead: number): void
  /** What a process left for others under this name; null when there is nothing. */
  note(name: string): JsonObject | null
  keepNote(name: string, body: JsonObject): void
  /** Cools a label until `until` (epoch ms), with a reason code. Never shortens a cooldown. */
  cool(key: LabelKey, until: number, reason: string): void
  /** Ends a cooldown early: the label was seen to serve again. */
  endCooling(key: LabelKey): void
  coolingUntil(key: LabelKey, now: number): number | null
  /** As {@link Ledger.coolingUntil}, with the reason it was cooled for. */
  cooling(key: LabelKey, now: number): Cooldown | null
  /** The same at once for all of a provider's labels; one that does not cool is not in it. */
  coolings(provider: ProviderId, now: number): Map<Label, Cooldown>
  /**
   * Keeps a receipt and gives its id (0 if it could not be kept). Where the receipt has a readable
   * `observedAt`, that is its time and `at` is not used.
   */
  addReceipt(
    at: number,
    receipt: JsonObject & { action: string; status: string },
    target: string | null,
  ): number
  /**
   * Keeps a tick of a watch: it extends the run of the tick before where the decision is the same,
   * else its receipt is added and begins one. Null if it could not be kept.
   */
  addTick(tick: Tick): Run | null
  /** The run of the last tick of that action, with what was kept of that tick. */
  lastRun(action: string): (Run & { last: JsonObject }) | null
  /** Takes in a receipt of the vault's file, unless this action has one of the same time. */
  seedReceipt(action: string, target: string | null, receipt: JsonObject): void
  /** The newest `limit`, newest first. */
  receipts(filter: {
    target?: string
    label?: Label
    since?: number
    limit: number
  }): StoredReceipt[]
  /** The receipt of that id, or null. */
  receipt(id: number): StoredReceipt | null
  lastReceipt(action: string): StoredReceipt | null
  /** Keeps an entry; one of the same content is kept once. */
  addHistory(provider: ProviderId, entry: HistoryEntry): void
  /** Takes in the entries of the vault's file that are missing here; what is no entry is passed over. */
  seedHistory(provider: ProviderId, entries: readonly unknown[]): void
  /** Newest 200 entries of the last 14 days, oldest first: what the vault exports. */
  history(provider: ProviderId, now: number): HistoryEntry[]
  /**
   * Remembers that a store held this pair (by hash) and answers since when, by the clock of
   * `moment`: one that is neither set nor counts a sleep. `at` is the time of day, epoch ms.
   */
  sight(storeKey: string, pairHash: string, moment: AwakeMoment, at: number): number
  /**
   * Renames or forgets what is kept per label (`to` null forgets). Receipts are found under the new
   * name and outlive a forgotten label; their text and the history stay as they were written.
   */
  moveLabel(provider: ProviderId, from: Label, to: Label | null): void
  /**
   * Slices of retention, each its own short transaction, until 10 ms are over; mostly none is due.
   * Does none for a process that has only read: looking must cost nothing.
   */
  tidy(now: number): void
  close(): void
}
