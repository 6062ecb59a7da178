import { expect } from "bun:test"
import { rmSync } from "node:fs"
import { SILENT } from "../../../src/domain/conversation.ts"
import { patchAccount } from "../../../src/domain/document-edits.ts"
import { listRestorable, restoreBackup } from "../../../src/operations/restore.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"

export const PLAIN = { withTokens: false, yes: true }
export const newest = async ({ pool }: PoolWorld) => String((await listRestorable(pool))[0]?.name)
export const restore = async (world: PoolWorld, how = PLAIN, name?: string) =>
  restoreBackup(world.pool, name ?? (await newest(world)), how, SILENT)
export const receipts = ({ pool }: PoolWorld) => pool.ledger.receipts({ limit: 9 })

/** `boss` and `qa`; the newest backup knows `boss` alone, disabled. */
export async function backedUp(): Promise<PoolWorld & { dir: string; old: string }> {
  const world = await openPoolWorld(["boss", "qa"])
  const dir = await world.label("boss")
  await world.edit((document) => patchAccount(document, "boss", { pool: { enabled: false } }))
  const old = String(await world.stored("boss"))
  const qa = await world.login("qa")
  await world.take("qa", qa)
  const before = (await listRestorable(world.pool)).length
  await world.edit((document) => patchAccount(document, "boss", { pool: { enabled: true } }))
  expect((await listRestorable(world.pool)).length).toBe(before + 1)
  rmSync(String((await listRestorable(world.pool))[0]?.path))
  return { ...world, dir, old }
}
