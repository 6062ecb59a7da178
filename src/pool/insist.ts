import { sleep } from "../system/clock.ts"

/** How often, and how far apart (ms), a reply that is not on disk is brought to the vault. */
const INSIST_TRIES = 10
const INSIST_PAUSE = 1_000

/** The only copy of a reply is in memory (a full disk, say): try for a while before giving up. */
export async function insist<T>(settle: () => Promise<T>): Promise<T> {
  for (let left = INSIST_TRIES; left > 1; left--) {
    try {
      return await settle()
    } catch {
      await sleep(INSIST_PAUSE)
    }
  }
  return settle()
}
