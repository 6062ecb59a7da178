import type { WatchReceipt } from "../../../src/domain/receipt.ts"
import type { World } from "../../support/world.ts"

/** The document of `aim codex watch --once --json`. */
export type TickDocument = {
  ok: boolean
  error?: { code: string; message: string; hint?: string }
  watched: {
    status: string
    receipt: WatchReceipt
    run: { since: string; until: string; ticks: number }
  }
}

/** One tick of the compiled binary; fails the test unless it ends with `code`. */
export async function tick(world: World, code = 0, args = "codex watch --once") {
  return (await world.json<TickDocument>(args, code)).watched
}
