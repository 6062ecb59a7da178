import { describe, expect, test } from "bun:test"
import { newAccount } from "../../../src/domain/adopt/new-account.ts"
import { applyImport } from "../../../src/domain/import/apply.ts"
import { planImport } from "../../../src/domain/import/foresee.ts"
import { removedIn } from "../../../src/domain/import/plan.ts"
import { importStatus } from "../../../src/domain/import/status.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import { GUEST, inputOf, PROVIDER, R0, R1, textOf } from "./case.ts"

describe("a label that was renamed there", () => {
  const offer = { accounts: { chief: { provider: PROVIDER } }, credentials: { chief: R0 } }

  test("is renamed here, with everything that names it", () => {
    const input = inputOf({ local: R0, base: R0 })
    const homes = { "/h/.codex": { label: "boss", at: "x" } }
    const document = {
      ...input.document,
      targets: { codexCli: { activeLabel: "boss", sourceHomes: homes } },
    }
    const plan = planImport({ ...input, document, offer })
    expect(plan.items).toMatchObject([
      { label: "chief", change: "kept", reason: "same", from: "boss" },
    ])
    expect(removedIn(plan)).toEqual([])
    const after = applyImport(document, plan)
    expect(Object.keys(after.accounts)).toEqual(["chief"])
    expect(textOf(after.credentials[PROVIDER]?.chief)).toBe("R0")
    expect(after.targets.codexCli).toEqual({
      activeLabel: "chief",
      sourceHomes: { "/h/.codex": { label: "chief", at: "x" } },
    })
    expect(importStatus(after, PROVIDER)).toMatchObject({ labels: ["chief"], dirtyLabels: [] })
  })

  test("keeps what has changed here, and can be promoted", () => {
    const plan = planImport({ ...inputOf({ local: R1, base: R0 }), offer })
    expect(plan.items).toMatchObject([
      { label: "chief", change: "kept", reason: "newer_here", dirty: true, from: "boss" },
    ])
  })

  test("is none where another person's login has the new name", () => {
    const guest = { ...offer, credentials: { chief: GUEST } }
    const plan = planImport({ ...inputOf({ local: R0, base: R0 }), offer: guest })
    expect(plan.items.map(({ label, change, from }) => [label, change, from])).toEqual([
      ["boss", "removed", undefined],
      ["chief", "added", undefined],
    ])
  })

  test("is none where the name is one of this machine already", () => {
    const input = inputOf({ local: R0, base: R0 })
    const accounts = { ...input.document.accounts, chief: newAccount(PROVIDER) }
    const plan = planImport({ ...input, offer, document: { ...input.document, accounts } })
    expect(plan.items.map(({ label, change }) => [label, change])).toEqual([
      ["boss", "removed"],
      ["chief", "added"],
    ])
  })
})

test("what else of the authority's counts from now on is part of the plan", () => {
  const input = inputOf({ local: R0, upstream: R0, base: R0 })
  const settingsOf = (mine: JsonObject, theirs: JsonObject) => {
    const accounts = { boss: { ...newAccount(PROVIDER), ...mine } }
    const offer = { ...input.offer, accounts: { boss: { provider: PROVIDER, ...theirs } } }
    const plan = planImport({ ...input, offer, document: { ...input.document, accounts } })
    return plan.items.map(({ change, settings }) => [change, ...settings])
  }
  const off = { pool: { enabled: false } }
  const on = { pool: { enabled: true } }
  expect(settingsOf(on, off)).toEqual([["kept", "disabled_there"]])
  expect(settingsOf(off, on)).toEqual([["kept", "enabled_there"]])
  expect(settingsOf(off, off)).toEqual([["kept"]])
  expect(settingsOf({}, { ...on, expect: { email: "a@b" } })).toEqual([
    ["kept", "expectation_there"],
  ])
})
