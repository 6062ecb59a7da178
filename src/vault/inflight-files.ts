import { basename, join } from "node:path"
import { errnoOf, fail, isFull } from "../system/errors.ts"
import { listNames } from "../system/files.ts"
import { readText } from "../system/read-file.ts"
import { tempsOf } from "../system/temps.ts"
import { type InflightRecord, parseInflight } from "./inflight-record.ts"
import { placeName } from "./place-name.ts"
import type { LeasedLabel, Vault } from "./vault.ts"

/** The place of the vault is all that is needed of it here. */
export type At = Pick<Vault, "paths">

/** Largest file that is read; a token reply is a few KB, and transport bounds it well below. */
const LARGEST = 16 * 1024 * 1024

/** The name of a label's file among those in flight. */
export function fileName(key: LeasedLabel): string {
  return `${placeName(key)}.json`
}

/** The path of a label's file among those in flight. */
export function fileOf(vault: At, key: LeasedLabel): string {
  return join(vault.paths.inflight, fileName(key))
}

/** The names in `inflight/` that stand for a label's post, whole or damaged. */
export async function noteNames(vault: At): Promise<string[]> {
  return (await listNames(vault.paths.inflight)).filter(
    (name) => name.endsWith(".json") && !name.startsWith("."),
  )
}

/** The record in a label's file; null when there is none or it can't be read as that label's. */
export async function readNote(file: string): Promise<InflightRecord | null> {
  const record = await readRecord(file)
  return record !== null && fileName(record) === basename(file) ? record : null
}

async function readRecord(file: string): Promise<InflightRecord | null> {
  const text = await readText(file, LARGEST)
  return text.kind === "text" ? parseInflight(text.text) : null
}

/** A killed `keepReply` may have left the whole reply in its temp file: it is the only copy. */
export async function replyInTemps(
  vault: At,
  key: LeasedLabel,
  posted: InflightRecord,
): Promise<InflightRecord["reply"]> {
  for (const temp of await tempsOf(fileOf(vault, key))) {
    const record = await readRecord(temp)
    if (record?.pair === posted.pair && record.postedAt === posted.postedAt && record.reply)
      return record.reply
  }
  return null
}

/** Runs `work` on the label's file; the system's errors become a problem that names it. */
export async function writing(
  vault: At,
  key: LeasedLabel,
  work: (file: string) => Promise<void>,
): Promise<void> {
  const file = fileOf(vault, key)
  try {
    await work(file)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === null) throw error
    fail(
      "inflight_unwritable",
      `the note of a token exchange ${file} can't be written (${errno})`,
      isFull(errno)
        ? "make room on the disk, then run the command again"
        : `check the owner and permissions of ${vault.paths.inflight}, then run the command again`,
    )
  }
}
