import { describe, expect, test } from "bun:test"
import { SCHEMA_NAMES } from "../../src/domain/schema-name.ts"
import { jsonSchemaOf } from "../../src/operations/json-schema.ts"
import { closed, faultsOf, mutations, type Schema } from "../support/json-schema.ts"
import { referenceState } from "../vault/reference-state.ts"
import { STATES } from "./status/golden-states.ts"
import { statusHome } from "./status/homes.ts"

const schema = Object.fromEntries(
  SCHEMA_NAMES.map((name) => [name, jsonSchemaOf(name) as Schema]),
) as Record<(typeof SCHEMA_NAMES)[number], Schema>

const CLOSED = closed(schema.status, ["finding"])

test.each([...SCHEMA_NAMES])("the schema of %s says what it is", (name) => {
  const { $schema, title, description } = schema[name]
  expect($schema).toBe("https://json-schema.org/draft/2020-12/schema")
  expect([title, description].every((text) => typeof text === "string" && text !== "")).toBe(true)
})

describe("status, in every golden state,", () => {
  test.each(STATES)("%s", async (_name, state, readings) => {
    await using home = await statusHome(state, readings)
    const document = await home.status()
    expect(faultsOf(schema.status, document)).toEqual([])
    // Every name that status prints is described.
    expect(faultsOf(CLOSED, document)).toEqual([])
  })

  test("is refused with a name missing or of another type, wherever that is", async () => {
    const [, state, readings] = STATES[1] ?? ["", {}, {}]
    await using home = await statusHome(state, readings)
    const wrong = mutations(schema.status, await home.status())
    expect(wrong.filter(({ what }) => what.endsWith("another type")).length).toBeGreaterThan(300)
    expect(wrong.filter(({ what }) => what.endsWith("missing")).length).toBeGreaterThan(300)
    const taken = wrong.filter(({ document }) => faultsOf(schema.status, document).length === 0)
    expect(taken.map(({ what }) => what)).toEqual([])
  })
})

describe("the state file", () => {
  const faults = (document: unknown) => faultsOf(schema.state, document)

  test.each([
    ["with every key of the reference program", referenceState()],
    ...STATES.map(([name, state]) => [name, state] as const),
  ])("%s", (_name, state) => expect(faults(state)).toEqual([]))

  test("is refused with a name missing or of another type", () => {
    const wrong = mutations(schema.state, referenceState())
    expect(wrong.filter(({ what }) => what.endsWith("another type")).length).toBeGreaterThan(80)
    const missing = wrong.filter(({ what }) => what.endsWith("missing"))
    expect(missing.map(({ what }) => what.replace(" is missing", "")).sort()).toEqual([
      "accounts",
      "credentials",
      "imports",
      "pool",
      "pool.openaiCodex.history.0.kind",
      "pool.openaiCodex.history.0.observedAt",
      "pool.openaiCodex.history.1.kind",
      "pool.openaiCodex.history.1.observedAt",
      ...["at", "credential", "id", "identity", "label", "provider", "reason"].map(
        (name) => `quarantine.0.${name}`,
      ),
      "schemaVersion",
      "targets",
    ])
    const taken = wrong.filter(({ document }) => faults(document).length === 0)
    expect(taken.map(({ what }) => what)).toEqual([])
    for (const schemaVersion of ["0.1", "0.3", 2])
      expect(faults({ ...referenceState(), schemaVersion })).not.toEqual([])
  })

  test("may lack in a login what another program left out", () => {
    const { credentials, ...rest } = referenceState()
    expect(Object.keys(credentials["openai-codex"].constructor)).toEqual(["access", "refresh"])
    const bare = { ...credentials, "openai-codex": { boss: {} } }
    expect(faults({ ...rest, credentials: bare })).toEqual([])
  })
})
