import { describe, expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { HistoryItem } from "../../src/operations/history.ts"
import { openWorld, type World } from "../support/world.ts"
import { pictureOf } from "./support/home-picture.ts"

type Listed = { ok: boolean; receipts: HistoryItem[]; warnings: unknown[] }

async function inUse(): Promise<World> {
  const world = await openWorld([{ name: "boss" }, { name: "qa" }])
  await world.label("boss")
  await world.label("qa")
  await world.json("codex use boss", 2)
  await world.json("codex use")
  await world.json("account rename qa tests --yes")
  return world
}

const acts = ({ receipts }: Listed) => receipts.map(({ action, label }) => `${action} ${label}`)

describe("aim history", () => {
  test("lists the receipts, newest first, by client, label, time and number", async () => {
    await using world = await inUse()
    const all = await world.json<Listed>("history")
    expect(all).toMatchObject({ schemaVersion: 1, ok: true, warnings: [] })
    expect(acts(all).slice(0, 1)).toEqual(["account_rename tests"])
    expect(acts(all).slice(-2)).toEqual(["codex_capture tests", "codex_capture boss"])
    const of = async (flags: string) => acts(await world.json<Listed>(`history ${flags}`))
    expect(await of("--limit 1")).toEqual(["account_rename tests"])
    expect(await of("--target codex --label boss")).toContain("codex_capture boss")
    expect(await of("--target hermes")).toEqual([])
    expect(await of("--label nobody")).toEqual([])
    expect(await of("--since 1h")).toEqual(acts(all))
    expect(await of("--since 2100-01-01T00:00:00Z")).toEqual([])
    const { stdout, code } = await world.aim("history")
    expect(code).toBe(0)
    expect(stdout.split("\n")).toHaveLength(all.receipts.length + 3)
    expect(stdout).toContain("qa -> tests")
    expect(stdout).toMatch(/hint: aim history show \d+\n$/)
  })

  test("shows one whole, in words and as JSON", async () => {
    await using world = await inUse()
    const { receipts } = await world.json<Listed>("history --target codex --limit 1")
    const id = receipts[0]?.id
    const shown = await world.json<{ receipt: HistoryItem }>(`history show ${id}`)
    expect(shown.receipt).toEqual(receipts[0] as HistoryItem)
    expect(shown.receipt.receipt).toMatchObject({ action: "codex_use", decision: {} })
    const { stdout } = await world.aim(`history --json show ${id}`)
    expect(JSON.parse(stdout)).toMatchObject({ receipt: { id } })
    const said = (await world.aim(`history show ${id}`)).stdout
    expect(said).toContain(`receipt  ${id}\n`)
    expect(said).toMatch(/^status +activated$/m)
    expect(said).toMatch(/^ {2}numbers:$/m)
  })

  test.each([
    ["history show 999", 1, "unknown_receipt"],
    ["history show x", 2, "invalid_id"],
    ["history show", 2, "missing_argument"],
    ["history --since yesterday", 2, "invalid_value"],
    ["history --limit 0", 2, "invalid_value"],
    ["history --target cursor", 2, "invalid_value"],
    ["history --label ?", 2, "invalid_label"],
    ["history boss", 2, "unexpected_argument"],
  ])("aim %s ends with %d: %s", async (line, exit, code) => {
    await using world = await openWorld([])
    expect((await world.json<{ error: { code: string } }>(line, exit)).error.code).toBe(code)
  })

  test("changes nothing, and a broken ledger costs all receipts but the clients' last", async () => {
    await using world = await inUse()
    const before = await pictureOf(world.home)
    await world.aim("history")
    await world.aim("history show 1")
    expect(await pictureOf(world.home)).toEqual(before)
    for (const end of ["-wal", "-shm", ""])
      await writeFile(
        join(world.home, ".aimgr", `ledger.db${end}`),
        end === "" ? "no database" : "",
      )
    const { receipts, warnings } = await world.json<Listed>("history")
    expect(receipts.map(({ action, label }) => [action, label])).toEqual([["codex_use", "boss"]])
    expect(warnings).toMatchObject([{ kind: "ledger_broken" }])
  })
})
