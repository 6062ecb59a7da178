import { elapsed as sinceStart } from "../system/clock.ts"
import { type Connection, connect } from "./connection.ts"
import { cool, cooling, coolings, endCooling } from "./cooldowns.ts"
import { digest, keepDigest, printOfSamples } from "./digests.ts"
import { addHistory, history, lacksHistory } from "./history.ts"
import { issuerLead, saveIssuerLead } from "./issuer-clocks.ts"
import type { Ledger } from "./ledger.ts"
import { moveLabel } from "./move-label.ts"
import { keepNote, note } from "./notes.ts"
import { NEVER_PROBED, probeState, probeStates, saveProbe } from "./probes.ts"
import { addReceipt, lacksReceipt, lastReceipt, receiptOf, receipts } from "./receipts.ts"
import { TIDY_FOR_MS, tidyDue, tidySlice } from "./retention.ts"
import { addTick, lastRun } from "./runs.ts"
import { lastReading, lastReadings, samples, saveReading, usageHours } from "./samples.ts"
import { sight, sightedSince } from "./sightings.ts"

export type LedgerOptions = {
  /** Epoch ms; names a broken file that is set aside. */
  now: number
  /** Neither makes, mends, migrates nor writes the file; what is written lives in memory. */
  readOnly?: boolean
  /** The file is not there although there was one: that deserves a word. */
  lost?: boolean
  /** How long to wait for another process's write before a stand-in takes over; 1 s. */
  waitMs?: number
  /** Milliseconds that have passed since some moment; only tests have one of their own. */
  elapsed?: () => number
}

/** Writes are over in milliseconds: what lasts longer is stuck, and a person waits. */
const DEFAULT_WAIT_MS = 1_000

/**
 * Opens the ledger at `file` (`ledger.db` in the state file's real folder), which is made 0600
 * where it is missing and its folder is there. Never throws; see {@link Ledger} for what becomes
 * of a file that can't be used.
 */
export function openLedger(file: string, options: LedgerOptions): Ledger {
  const { now, readOnly = false, waitMs = DEFAULT_WAIT_MS, elapsed = sinceStart } = options
  const connection = connect(file, { now, readOnly, waitMs, lost: options.lost ?? false })
  const { warnings, read, writeIfFree, restore, close } = connection
  let wrote = false
  const write: Connection["write"] = (fallback, work) => {
    wrote = true
    return connection.write(fallback, work)
  }
  return {
    warnings,
    saveReading: (key, reading, active) =>
      write(undefined, (sql) => saveReading(sql, key, reading, active)),
    lastReading: (key) => read(null, (sql) => lastReading(sql, key)),
    lastReadings: (provider) => read(new Map(), (sql) => lastReadings(sql, provider)),
    samples: (provider, since, limit) => read([], (sql) => samples(sql, provider, since, limit)),
    samplesPrint: (provider, since, limit) =>
      read({ print: "", last: null }, (sql) => printOfSamples(sql, provider, since, limit)),
    digest: (name, print) => read(null, (sql) => digest(sql, name, print)),
    keepDigest: (name, print, body) =>
      writeIfFree(undefined, (sql) => keepDigest(sql, name, print, body)),
    usageHours: (provider, since, limit) =>
      read([], (sql) => usageHours(sql, provider, since, limit)),
    probeState: (key) => read({ ...NEVER_PROBED }, (sql) => probeState(sql, key)),
    probeStates: (provider) => read(new Map(), (sql) => probeStates(sql, provider)),
    saveProbe: (key, patch) => write(undefined, (sql) => saveProbe(sql, key, patch)),
    issuerLead: (provider) => read(0, (sql) => issuerLead(sql, provider)),
    saveIssuerLead: (provider, lead) => {
      if (read(0, (sql) => issuerLead(sql, provider)) === lead) return
      write(undefined, (sql) => saveIssuerLead(sql, provider, lead))
    },
    note: (name) => read(null, (sql) => note(sql, name)),
    keepNote: (name, body) => write(undefined, (sql) => keepNote(sql, name, body)),
    cool: (key, until, reason) => write(undefined, (sql) => cool(sql, key, until, reason)),
    endCooling: (key) => write(undefined, (sql) => endCooling(sql, key)),
    coolingUntil: (key, at) => read(null, (sql) => cooling(sql, key, at)?.until ?? null),
    cooling: (key, at) => read(null, (sql) => cooling(sql, key, at)),
    coolings: (provider, at) => read(new Map(), (sql) => coolings(sql, provider, at)),
    addReceipt: (at, receipt, target) =>
      write(0, (sql) => addReceipt(sql, at, receipt.action, receipt, target)),
    addTick: (tick) => write(null, (sql) => addTick(sql, tick)),
    lastRun: (action) => read(null, (sql) => lastRun(sql, action)),
    seedReceipt: (action, target, receipt) => {
      // Looked at before the write, which is rare: a vault's file is seeded at every commit.
      if (!read(false, (sql) => lacksReceipt(sql, action, receipt))) return
      write(undefined, (sql) => {
        if (lacksReceipt(sql, action, receipt)) addReceipt(sql, 0, action, receipt, target)
      })
    },
    receipts: (filter) => read([], (sql) => receipts(sql, filter)),
    receipt: (id) => read(null, (sql) => receiptOf(sql, id)),
    lastReceipt: (action) => read(null, (sql) => lastReceipt(sql, action)),
    addHistory: (provider, entry) => write(undefined, (sql) => addHistory(sql, provider, entry)),
    seedHistory: (provider, entries) => {
      const missing = read([], (sql) =>
        entries.filter((entry) => lacksHistory(sql, provider, entry)),
      )
      if (missing.length === 0) return
      write(undefined, (sql) => {
        for (const entry of missing) addHistory(sql, provider, entry)
      })
    },
    history: (provider, at) => read([], (sql) => history(sql, provider, at)),
    sight: (store, pairHash, moment, at) =>
      read(null, (sql) => sightedSince(sql, store, pairHash, moment, at)) ??
      write(moment.ms, (sql) => sight(sql, store, pairHash, moment, at)),
    moveLabel: (provider, from, to) =>
      write(undefined, (sql) => moveLabel(sql, provider, from, to)),
    tidy: (at) => {
      restore()
      const begun = elapsed()
      let more = wrote && read(false, (sql) => tidyDue(sql, at))
      while (more)
        more = writeIfFree(false, (sql) => tidySlice(sql, at)) && elapsed() - begun < TIDY_FOR_MS
    },
    close,
  }
}
