import { describe, expect, test } from "bun:test"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { referenceState } from "../../vault/reference-state.ts"
import { misshapen, placesIn, placesOf } from "../misshapen.ts"
import { FLEET, MIXED, STATES } from "./golden-states.ts"
import { CANARY, statusHome } from "./homes.ts"
import { STATUS_SHAPE } from "./shape.ts"

describe("every state gives every name of the reference, each of its type", () => {
  test.each(STATES)("%s", async (_name, state, readings) => {
    await using home = await statusHome(state, readings)
    const document = await home.status()
    expect(misshapen(document, STATUS_SHAPE)).toEqual([])
    expect(JSON.stringify(document)).not.toContain(CANARY)
  })

  test("and each name occurs in one of them", async () => {
    const seen = new Set<string>()
    for (const [, state, readings] of STATES) {
      await using home = await statusHome(state, readings, { ANTHROPIC_API_KEY: "x" })
      for (const place of placesIn(await home.status(), STATUS_SHAPE)) seen.add(place)
    }
    const missing = placesOf(STATUS_SHAPE).filter((place) => !seen.has(place))
    // Nobody looks into a Hermes home yet, so none has anything to warn of.
    expect(missing).toEqual(["$.hermesFleet.homes[].warnings[]"])
  })

  test("the check sees what is missing and what is of another type", () => {
    const shape = { a: "number", "b[]": { c: "string?" }, "d?": { e: "boolean|unknown" } }
    expect(misshapen({ a: 1, b: [{}, { c: null }], d: { e: null } }, shape)).toEqual([])
    expect(misshapen({ b: [{ c: 1 }], d: {} }, shape)).toEqual([
      "$.a is missing",
      "$.b[0].c is no string?",
      "$.d.e is missing",
    ])
    expect(placesOf(STATUS_SHAPE).length).toBeGreaterThan(200)
  })
})

test("a worked state comes to the reference's numbers, with windows by length", async () => {
  await using home = await statusHome(FLEET, { boss: [96, null] })
  const { pool_now, windows, pressure, projection, capacity, ...rest } = await home.status()
  expect(pool_now).toMatchObject({
    ready_accounts: 1,
    active_agents: 3,
    total_agents: 3,
    assigned_load_w: 180,
    usable_capacity_w: 120,
    pool_load_pct: 150,
    spare_w: 0,
  })
  expect(windows).toMatchObject({
    pool_5h_used_pct: 96,
    floor_5h_label: "boss",
    pool_7d_used_pct: null,
    floor_7d_label: null,
  })
  expect(pressure).toEqual({
    recent_overflows_14d: 0,
    rebalances_blocked_14d: 1,
    rebalances_warn_14d: 1,
    cold_start_agents: 1,
    over_target_accounts: 1,
  })
  expect(projection).toMatchObject({ first_constraint: "5h", overflow_eta_h: 0 })
  expect(capacity).toMatchObject({
    needMoreAccounts: true,
    riskLevel: "high",
    verdict: "short",
    basedOn: { currentHighUtilizationLabels: ["boss"], knownAgentDemandCount: 1 },
    byAccountPressure: [{ label: "boss", pressureRatio: 1.5, overTargetDemandWeight: 60 }],
  })
  expect(rest.accounts[0]).toMatchObject({
    operator: { status: "ready", detailReason: "manual_mode", eligible: false },
    authorityImport: { dirtyLocal: false },
  })
  expect(rest.imports.authority.codex).toMatchObject({ source: "ssh://studio/x", labels: ["boss"] })
  expect(rest.codexCli?.lastWatchReceipt).toMatchObject({ status: "noop" })
})

test("rows are sorted by need, and unknown is counted and in no sum", async () => {
  await using home = await statusHome(MIXED, { boss: [40, 5] })
  const { accounts, unknown_accounts, pool_now, windows, nextBestCandidate, warnings } =
    await home.status()
  expect(accounts.map(({ label, operator }) => `${label} ${operator.status}`)).toEqual([
    "other blocked",
    "claude1 reauth",
    "none reauth",
    "boss ready",
    "dark ready",
    "qa ready",
  ])
  expect(unknown_accounts).toBe(1)
  expect(pool_now).toMatchObject({ ready_accounts: 2, total_accounts: 3, usable_capacity_w: 2 })
  expect(windows).toMatchObject({ pool_5h_used_pct: 40, pool_7d_used_pct: 5 })
  expect(nextBestCandidate).toMatchObject({
    label: "boss",
    primaryUsedPct: 40,
    secondaryUsedPct: 5,
  })
  const [boss] = accounts.filter(({ label }) => label === "boss")
  expect(boss?.usage.windows.map(({ label }) => label)).toEqual(["5h", "Week"])
  expect(warnings.map(({ kind, label, agentId }) => [kind, agentId ?? label ?? null])).toEqual([
    ["missing_credentials", "claude1"],
    ["missing_credentials", "none"],
    ["account_id_collision", null],
    ["local_update_not_promoted", "claude1"],
    ["assignment_points_to_missing_account", "a"],
    ["assignment_points_to_missing_credentials", "b"],
    ["assignment_points_to_unsupported_provider", "c"],
    ["credentials_expired", "qa"],
  ])
})

test("clients that aim does not write yet say so, and of no client is foreign text shown", async () => {
  await using home = await statusHome(
    referenceState(),
    { boss: [10, 20] },
    { ANTHROPIC_API_KEY: "x" },
  )
  const foreign = JSON.stringify({
    key: CANARY,
    tokens: { access_token: CANARY },
    nested: [CANARY],
  })
  for (const [dir, file] of [
    [".claude", ".credentials.json"],
    [".", ".claude.json"],
    [".pi/agent", "auth.json"],
    [".openclaw", "openclaw.json"],
    [".hermes/profiles/Home_1", "auth.json"],
    [".codex", "auth.json"],
  ] as const) {
    await mkdir(join(home.path, dir), { recursive: true })
    await writeFile(join(home.path, dir, file), foreign)
  }
  const document = await home.status()
  expect(JSON.stringify(document)).not.toContain(CANARY)
  const { claudeCli, piCli, openclaw, hermesFleet } = document
  for (const block of [openclaw, hermesFleet]) expect(block.unsupported_yet).toBe(true)
  expect(claudeCli).toMatchObject({
    activeLabel: "lessons",
    expectedSubscriptionType: "max",
    actualSubscriptionType: null,
    readback: { exists: true, holds: "blank", nativeClaudeBundle: null },
    authOverrideEnv: ["ANTHROPIC_API_KEY"],
  })
  expect(piCli).toMatchObject({
    activeLabel: "boss",
    expectedAccountId: "acct_1",
    readback: { exists: true, holds: "blank", providerEntryPresent: false },
  })
  expect(openclaw.assignments).toEqual({ "agent-1": "boss", Agent_2: "qa" })
  expect(hermesFleet.homes[0]).toMatchObject({ homeId: "Home_1", demand: { demandWeight: 15 } })
})
