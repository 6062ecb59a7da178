import { describe, expect, test } from "bun:test"
import { EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { patchTarget } from "../../../src/domain/document-edits.ts"
import { hermesStatus, openclawStatus } from "../../../src/operations/status/fleets.ts"
import { storedReceipt, storedText, storedTexts } from "../../../src/operations/status/stored.ts"
import { Secret } from "../../../src/system/secret.ts"

describe("what the state file has stored is shown", () => {
  test("as a receipt without what looks like a token", () => {
    const receipt = { action: "x", access: new Secret("CANARY"), note: { refresh_token: "CANARY" } }
    expect(storedReceipt(receipt)).toMatchObject({ action: "x" })
    expect(JSON.stringify(storedReceipt(receipt))).not.toContain("CANARY")
    for (const none of [null, undefined, "x", [1]]) expect(storedReceipt(none)).toBeNull()
  })

  test("as texts, whatever else stands there", () => {
    expect(storedTexts({ one: "boss", two: 7, three: null })).toEqual({ one: "boss" })
    expect(storedTexts("x")).toEqual({})
    expect([storedText(" a "), storedText(" "), storedText(7)]).toEqual(["a", null, null])
  })
})

test("OpenClaw is shown as it was assigned and applied", () => {
  const block = {
    assignments: { one: "boss", two: 7 },
    exclusions: { three: "paused" },
    lastApplyReceipt: { action: "rebalance_openclaw" },
    lastRebalancedAt: "2026",
  }
  expect(openclawStatus(patchTarget(EMPTY_DOCUMENT, "openclaw", block))).toEqual({
    unsupported_yet: true,
    ...block,
    assignments: { one: "boss" },
  })
})

describe("Hermes is shown", () => {
  const fleet = {
    demandByHome: { one: { weight: 3 }, two: null },
    lastApplyReceipt: {
      perAccountLoad: [
        { label: "boss", carriedAgentCount: 2, carriedDemandWeight: "many" },
        { label: 7 },
        null,
      ],
    },
    lastRebalancedAt: " ",
  }
  const status = hermesStatus(
    { ...EMPTY_DOCUMENT, pool: { openaiCodex: { hermesFleet: fleet } } },
    "/home/x",
  )

  test("with the homes that were measured, and nothing that only a look could tell", () => {
    expect(status.homes).toMatchObject([
      {
        homeId: "one",
        homeDir: "/home/x/.hermes/profiles/one",
        authPath: "/home/x/.hermes/profiles/one/auth.json",
        stateDbPath: "/home/x/.hermes/profiles/one/state.db",
        demand: { weight: 3 },
        currentLabel: null,
      },
      { homeId: "two", demand: null },
    ])
    expect(status).toMatchObject({ homeCount: 2, mappedHomeCount: null, lastRebalancedAt: null })
  })

  test("with the load of each label, where it is a number", () => {
    expect(status.spread).toEqual([
      { label: "boss", carriedHomeCount: 2, carriedDemandWeight: null },
    ])
    expect(hermesStatus(EMPTY_DOCUMENT, "/home/x")).toMatchObject({ homes: [], spread: [] })
  })
})
