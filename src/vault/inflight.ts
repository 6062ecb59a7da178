import { join } from "node:path"
import { now } from "../system/clock.ts"
import { ensurePrivateDir, removeFile, reserveRoom, writeAtomic } from "../system/files.ts"
import type { Secret } from "../system/secret.ts"
import { sweepTemps } from "../system/temps.ts"
import { setDamagedAside } from "./inflight-broken.ts"
import { type At, fileOf, noteNames, readNote, replyInTemps, writing } from "./inflight-files.ts"
import { inflightText } from "./inflight-record.ts"
import { assertHeld } from "./lease.ts"
import type { Lease, LeasedLabel } from "./vault.ts"

/** Token replies are below 10 KB; a larger one must find its own place on the disk. */
const ROOM_FOR_REPLY = 64 * 1024

/** In the place of a pair's hash: no pair was posted, a code is being exchanged for a new one. */
export const NO_PAIR = "code-exchange"

/** A token endpoint's answer as it came; the body may hold tokens. */
export type StoredReply = {
  readonly status: number
  readonly body: Secret
  readonly retryAfter: string | null
}

/** A token POST that is under way or was interrupted. */
export type Inflight = {
  /** SHA-256 of the refresh token that was posted. */
  readonly pair: string
  readonly mayBeSpent: boolean
  /** Who the pair belongs to, for people. */
  readonly identity: string
  /** When the reply came, or, without one, when the POST began; epoch ms. */
  readonly at: number
  readonly reply: StoredReply | null
}

/**
 * Notes on disk, before a token POST, that this pair (by hash) is about to be spent, and takes the
 * room for the reply: on a full disk nothing is posted whose answer could not be kept. What stood
 * there is replaced, but a file that can't be read is set aside (see {@link brokenInflight}).
 */
export async function beginInflight(
  vault: At,
  lease: Lease,
  key: LeasedLabel,
  post: { pair: string; mayBeSpent: boolean; identity: string; at: number },
): Promise<void> {
  assertHeld(lease, key)
  const { at, ...posted } = post
  await writing(vault, key, async (file) => {
    await ensurePrivateDir(vault.paths.inflight)
    await setDamagedAside(file, at)
    await sweepTemps(file)
    await reserveRoom(file, ROOM_FOR_REPLY)
    await writeAtomic(file, inflightText({ ...keyOf(key), ...posted, postedAt: at, reply: null }))
  })
}

/**
 * Puts the raw reply on disk, fsynced, before anything reads it. `at` is when it came. It is kept
 * even when the note of {@link beginInflight} is gone: then under no pair, so that it will be
 * quarantined. When this throws, the caller holds the only copy: it must settle the reply anyway.
 */
export async function keepReply(
  vault: At,
  lease: Lease,
  key: LeasedLabel,
  reply: StoredReply,
  at: number,
): Promise<void> {
  assertHeld(lease, key)
  await writing(vault, key, async (file) => {
    await ensurePrivateDir(vault.paths.inflight)
    await setDamagedAside(file, at)
    const lost = { ...keyOf(key), pair: "", mayBeSpent: true, identity: "unknown", postedAt: at }
    const posted = (await readNote(file)) ?? lost
    const { status, body, retryAfter } = reply
    const kept = { status, rawReply: body, retryAfter, at }
    await writeAtomic(file, inflightText({ ...posted, reply: kept }), { room: true })
  })
}

/**
 * The label's post that is under way or was interrupted, or null. Only under the label's lease
 * does it mean that nobody is waiting for a reply. Changes nothing on disk. A reply that a killed
 * aim had written but not yet renamed into place is found as well.
 */
export async function readInflight(vault: At, key: LeasedLabel): Promise<Inflight | null> {
  const record = await readNote(fileOf(vault, key))
  if (record === null) return null
  const reply = record.reply ?? (await replyInTemps(vault, key, record))
  return {
    pair: record.pair,
    mayBeSpent: record.mayBeSpent,
    identity: record.identity,
    at: reply?.at ?? record.postedAt,
    reply:
      reply === null
        ? null
        : { status: reply.status, body: reply.rawReply, retryAfter: reply.retryAfter },
  }
}

/** The labels with a readable note of a post, in no special order. Changes nothing on disk. */
export async function listInflight(vault: At): Promise<LeasedLabel[]> {
  const found: LeasedLabel[] = []
  for (const name of await noteNames(vault)) {
    const record = await readNote(join(vault.paths.inflight, name))
    if (record !== null) found.push(keyOf(record))
  }
  return found
}

/**
 * Ends the post: its reply is in the vault by now, or it was never sent. Temp files go first: of
 * a label that is about to be gone nobody would look for them any more.
 */
export async function clearInflight(vault: At, lease: Lease, key: LeasedLabel): Promise<void> {
  assertHeld(lease, key)
  await writing(vault, key, async (file) => {
    await sweepTemps(file)
    if ((await readNote(file)) !== null) await removeFile(file)
  })
}

/**
 * The note of a label that is about to be renamed, under its new name as well; both leases are
 * held. The old one is cleared after the rename: a kill in between must leave one that counts. A
 * note under the new name is replaced; the caller has finished it.
 */
export async function copyInflight(
  vault: At,
  lease: Lease,
  from: LeasedLabel,
  to: LeasedLabel,
): Promise<void> {
  assertHeld(lease, from)
  assertHeld(lease, to)
  const record = await readNote(fileOf(vault, from))
  if (record === null) return
  const reply = record.reply ?? (await replyInTemps(vault, from, record))
  await writing(vault, to, async (file) => {
    await setDamagedAside(file, now())
    await writeAtomic(file, inflightText({ ...record, ...keyOf(to), reply }))
  })
}

function keyOf({ provider, label }: LeasedLabel): LeasedLabel {
  return { provider, label }
}
