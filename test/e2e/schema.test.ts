import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { SCHEMA_NAMES, type SchemaName } from "../../src/domain/schema-name.ts"
import { closed, faultsOf, mutations, type Schema } from "../support/json-schema.ts"
import { openWorld, type World } from "../support/world.ts"
import { runAim } from "./support/run-aim.ts"

const schemas = new Map<SchemaName, Schema>()
beforeAll(async () => {
  for (const name of SCHEMA_NAMES) {
    const { code, stdout, stderr } = await runAim(["schema", name])
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    schemas.set(name, JSON.parse(stdout))
  }
})
const schemaOf = (name: SchemaName): Schema => schemas.get(name) ?? {}
const faults = (name: SchemaName, document: unknown) => faultsOf(schemaOf(name), document)

/** Parts in which further names stand on purpose. */
const OPEN = ["finding", "refresh", "act", "refresh_document", "reference_switch", "reference_tick"]

describe("aim schema", () => {
  test.each([...SCHEMA_NAMES])(
    "%s prints JSON Schema, and with --json a document",
    async (name) => {
      const schema = schemaOf(name)
      expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema")
      expect((await runAim(["schema", name, "--json"])).json()).toEqual({
        schemaVersion: 1,
        document: name,
        schema,
      })
    },
  )

  test("another word ends with exit code 2 and the list", async () => {
    const { code, stdout, stderr } = await runAim(["schema", "vault"])
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toContain("state, status, receipt")
  })
})

describe("what the binary writes is what its schemas say", () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld([{ name: "boss" }, { name: "qa" }, { name: "thief" }])
    await world.label("boss")
    await world.label("qa")
  })
  afterAll(() => world[Symbol.asyncDispose]())

  test("an empty home", async () => {
    expect(faults("status", (await runAim(["status", "--json"])).json())).toEqual([])
  })

  test.each<[args: string, code?: 0 | 1]>([
    ["codex use"],
    ["codex use --dry-run"],
    ["codex use"],
    ["codex watch --once"],
    ["codex use --next"],
    ["codex watch --once --rotate-below-5h-remaining-pct 100"],
    ["claude watch --once", 1],
    ["refresh boss --force"],
    ["refresh --all"],
    ["codex capture qa --source-home logins/qa"],
    ["history"],
    ["history show 1"],
    ["history show 3"],
    ["codex use", 1],
  ])("aim %s --json", async (args, code = 0) => {
    // A login of no label in the client's home blocks a switch.
    if (args === "codex use" && code === 1) await world.login("thief", { dir: world.codexHome })
    const document = await world.json(args, code)
    expect(faults("receipt", document)).toEqual([])
    expect(faultsOf(closed(schemaOf("receipt"), OPEN), document)).toEqual([])
    const wrong = mutations(schemaOf("receipt"), document)
    expect(wrong.filter(({ what }) => what.endsWith("missing")).length).toBeGreaterThan(7)
    const taken = wrong.filter(({ document: each }) => faults("receipt", each).length === 0)
    expect(taken.map(({ what }) => what)).toEqual([])
    expect(faults("receipt", { ...document, schemaVersion: 2 })).not.toEqual([])
  })

  test("every receipt that is kept, by itself", async () => {
    world.sim.addFault({ path: "/oauth/token", kind: "other_account", as: "thief" })
    await world.json("refresh boss --force", 1)
    await world.json("account add spare")
    await world.json("account rename spare other --yes")
    const { receipts } = await world.json<{ receipts: { receipt: { action: string } }[] }>(
      "history --limit 99",
    )
    expect(new Set(receipts.map(({ receipt }) => receipt.action)).size).toBe(7)
    for (const { receipt } of receipts) expect(faults("receipt", receipt)).toEqual([])
    const [{ receipt: any } = { receipt: { action: "" } }] = receipts
    expect(faults("receipt", { ...any, status: "fine" })).not.toEqual([])
  })

  test("a receipt that the reference program left", () => {
    const receipt = {
      action: "codex_use",
      status: "activated",
      observedAt: "2026-01-01T00:00:00.000Z",
      previousLabel: "boss",
      label: "qa",
      accountId: "acct_1",
      keptCurrent: false,
      reasons: ["next_best"],
      authPath: "/home/u/.codex/auth.json",
      wroteAuthJson: true,
      warnings: [],
      blockers: [],
      explicit: false,
    }
    expect(faults("receipt", receipt)).toEqual([])
    const { blockers, ...less } = receipt
    expect(faults("receipt", { ...receipt, blockers: {} })).not.toEqual([])
    expect([blockers, faults("receipt", less).length > 0]).toEqual([[], true])
  })

  test("a tick's receipt that the reference program left", () => {
    const receipt = {
      action: "codex_watch",
      status: "noop",
      observedAt: "2026-01-01T00:00:00.000Z",
      thresholdPct: 20,
      currentLabelBefore: "boss",
      currentLabelAfter: "boss",
      primaryRemainingPctBefore: 64,
      triggeredSelection: false,
      warnings: [],
      blockers: [],
    }
    expect(faults("receipt", receipt)).toEqual([])
    const { thresholdPct, ...less } = receipt
    expect([thresholdPct, faults("receipt", less).length > 0]).toEqual([20, true])
  })

  test("status and the state file, with a quarantined login among it", async () => {
    const status = await world.json<{ quarantined: number }>("status")
    expect(status.quarantined).toBe(1)
    expect(faults("status", status)).toEqual([])
    expect(faultsOf(closed(schemaOf("status"), ["finding"]), status)).toEqual([])
    const state = await world.vault()
    expect(faults("state", state)).toEqual([])
    const wrong = mutations(schemaOf("state"), state)
    expect(wrong.length).toBeGreaterThan(40)
    const taken = wrong.filter(({ document }) => faults("state", document).length === 0)
    expect(taken.map(({ what }) => what)).toEqual([])
  })
})
