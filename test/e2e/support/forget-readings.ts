import { rm } from "node:fs/promises"
import { join } from "node:path"
import type { World } from "../../support/world.ts"

/** Without its ledger, aim asks the issuer anew. */
export async function forgetReadings(world: World): Promise<void> {
  for (const end of ["", "-wal", "-shm"])
    await rm(join(world.home, ".aimgr", `ledger.db${end}`), { force: true })
}
