import { sha256 } from "../system/hash.ts"
import { hostName } from "../system/machine.ts"
import { bootId } from "../system/processes.ts"
import type { Pool } from "./pool.ts"

/**
 * A name for the state file of a pool, the same by whatever path, and another one on each machine.
 * Aims that ask each other for a login pass theirs on, so that a circle of them is seen.
 */
export async function stateName({ vault }: Pool): Promise<string> {
  const place = [hostName(), (await bootId()) ?? "", vault.paths.realFile]
  return sha256(place.join("\n")).slice(0, 16)
}
