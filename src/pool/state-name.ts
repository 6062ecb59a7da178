import { basename } from "node:path"
import { sha256 } from "../system/hash.ts"
import { hostName, placeId } from "../system/machine.ts"
import { bootId } from "../system/processes.ts"
import type { Pool } from "./pool.ts"

/**
 * A name for the state file of a pool, the same by whatever path, and another one on each machine.
 * Aims that ask each other for a login pass theirs on, so that a circle of them is seen. By the
 * folder itself rather than by its path: containers may share host name, boot and paths.
 */
export async function stateName({ vault }: Pool): Promise<string> {
  const { dir, realFile } = vault.paths
  const folder = placeId(dir) ?? dir
  const place = [hostName(), (await bootId()) ?? "", folder, basename(realFile)]
  return sha256(place.join("\n")).slice(0, 16)
}
