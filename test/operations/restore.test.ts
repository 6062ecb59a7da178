import { describe, expect, test } from "bun:test"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { SILENT } from "../../src/domain/conversation.ts"
import { putAccount } from "../../src/domain/document-edits.ts"
import { listRestorable, restoreBackup } from "../../src/operations/restore.ts"
import type { Pool } from "../../src/pool/pool.ts"
import { someone } from "../support/conversation.ts"
import type { PoolWorld } from "../support/pool-world.ts"
import { thrownBy } from "../vault/temp-vault.ts"
import { backedUp, newest, PLAIN, receipts, restore } from "./restore/backed-up.ts"

describe("a backup that is restored", () => {
  test("brings labels and settings back, keeps the present file, and puts strangers aside", async () => {
    await using world = await backedUp()
    const present = await world.text()
    const result = await restore(world)
    expect(result).toMatchObject({
      backup: expect.stringMatching(/\/secrets\.json\.bak\.[\d-]+$/),
      changed: true,
      labels: [{ label: "boss", source: "same" }],
      gone: ["qa"],
      quarantined: [{ label: "qa", reason: "not_in_backup" }],
      stores: [],
    })
    expect(readFileSync(String(result.kept), "utf8")).toBe(present)
    const document = await world.document()
    expect(Object.keys(document.accounts)).toEqual(["boss"])
    expect(document.accounts.boss?.pool).toEqual({ enabled: false })
    expect(document.quarantine).toHaveLength(1)
    const [receipt] = receipts(world)
    expect(receipt).toMatchObject({ action: "restore", status: "applied" })
    expect(receipt?.receipt).toMatchObject({ withTokens: false, touches: result.touches })
  })

  test("says before what it will do, and does nothing after a no", async () => {
    await using world = await backedUp()
    const before = await world.text()
    const [backup] = await listRestorable(world.pool)
    const person = someone(false)
    const name = await newest(world)
    const asked = restoreBackup(world.pool, name, { withTokens: false, yes: false }, person)
    expect(await thrownBy(asked)).toMatchObject({ problem: { code: "declined" } })
    const title = `restore ${backup?.path} into ${world.pool.vault.paths.file}`
    expect(person.heard[0]).toBe(`to ${title}:`)
    expect(person.heard).toContain("- `qa` is not in the backup: the label goes")
    expect(person.heard.at(-1)).toBe(`${title}?`)
    expect([await world.text(), receipts(world)]).toEqual([before, []])
  })

  test("a second time changes nothing and leaves no receipt", async () => {
    await using world = await backedUp()
    const name = await newest(world)
    await restore(world, PLAIN, name)
    const before = await world.text()
    expect(await restore(world, PLAIN, name)).toMatchObject({ changed: false, kept: null })
    expect(await world.text()).toBe(before)
    expect(receipts(world)).toHaveLength(1)
  })
})

test("a missing file is made again", async () => {
  await using world = await backedUp()
  const name = await newest(world)
  rmSync(world.pool.vault.paths.file)
  expect(await restore(world, PLAIN, name)).toMatchObject({ changed: true, kept: null, gone: [] })
  expect(existsSync(world.pool.vault.paths.file)).toBe(true)
})

describe("a label that comes meanwhile", () => {
  /** The pool, in which another aim adds labels as soon as leases are held. */
  function busy({ pool, edit }: PoolWorld, most: number) {
    const taken: string[][] = []
    const withLabels: Pool["vault"]["withLabels"] = (labels, work) =>
      pool.vault.withLabels(labels, async (lease) => {
        taken.push(labels.map(({ label }) => label))
        if (taken.length <= most)
          await edit((document) => putAccount(document, `new-${taken.length}`, {}))
        return work(lease)
      })
    return { taken, pool: { ...pool, vault: { ...pool.vault, withLabels } } }
  }

  test("makes the restore begin again, with its lease", async () => {
    await using world = await backedUp()
    const { pool, taken } = busy(world, 1)
    const { gone } = await restoreBackup(pool, await newest(world), PLAIN, SILENT)
    expect(gone.toSorted()).toEqual(["new-1", "qa"])
    expect(taken.slice(0, 2).map((labels) => labels.includes("new-1"))).toEqual([false, true])
  })

  test("at each of five attempts stops it, and nothing was changed", async () => {
    await using world = await backedUp()
    const { pool, taken } = busy(world, 99)
    expect(await thrownBy(restoreBackup(pool, await newest(world), PLAIN, SILENT))).toMatchObject({
      problem: { code: "state_keeps_changing" },
    })
    expect(taken).toHaveLength(5)
    expect(Object.keys((await world.document()).accounts)).toContain("qa")
  })
})
