import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"

/** The receipts of the ledger, oldest first: action, status and label. */
function receipts(world: World): string[] {
  const ledger = new Database(join(world.home, ".aimgr", "ledger.db"))
  try {
    const rows = ledger
      .query<{ action: string; status: string; label: string | null }, []>(
        "select action, status, label from receipt order by id",
      )
      .all()
    return rows.map(({ action, status, label }) => [action, status, label ?? "-"].join(" "))
  } finally {
    ledger.close()
  }
}

// Receipts follow a label to its new name, so `later` reads `soon` from its first one on.
test("every act leaves its receipt; one that found nothing to do leaves none but a switch's", async () => {
  await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
  await world.label("boss")
  await world.label("boss")
  for (const args of [
    "codex use",
    "codex use",
    "refresh --all",
    "refresh boss --force",
    "account add later",
    "account disable later",
    "account disable later",
    "account rename later soon --yes",
    "account remove soon --yes",
    `codex forget-home ${world.home}/logins/boss`,
  ])
    await world.json(args)
  world.sim.addFault({ path: "/oauth/token", kind: "other_account", as: "qa" })
  await world.json("refresh boss --force", 1)
  const [entry] = (await world.vault()).quarantine ?? []
  await world.json(`quarantine adopt ${entry?.id} qa`)
  expect(receipts(world)).toEqual([
    "codex_capture applied boss",
    "codex_capture applied boss",
    "codex_use activated boss",
    "codex_use noop boss",
    "refresh applied boss",
    "account_add applied soon",
    "account_disable applied soon",
    "account_rename applied soon",
    "account_remove applied soon",
    "codex_forget_home applied boss",
    "refresh blocked boss",
    "quarantine_adopt applied qa",
  ])
})
