import { afterEach, describe, expect, setSystemTime, test } from "bun:test"
import { noteVerdict } from "../../src/domain/credential-edits.ts"
import { patchTarget } from "../../src/domain/document-edits.ts"
import { pairHash } from "../../src/domain/pair.ts"
import { keyOf } from "../../src/pool/pool.ts"
import { readUsage, type UsageMode, wantsRefresh } from "../../src/pool/usage.ts"
import { Secret } from "../../src/system/secret.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const boss = keyOf("openai-codex", "boss")

afterEach(() => {
  setSystemTime()
})

async function view(world: PoolWorld, mode: UsageMode, key = boss) {
  const [only] = await readUsage(world.pool, await world.document(), [key], mode)
  if (only === undefined) throw new Error("no view")
  return only
}

const asked = ({ sim }: PoolWorld) => sim.log().filter(({ kind }) => kind === "usage").length
const later = (seconds: number) => setSystemTime(new Date(Date.now() + seconds * 1000))

async function withLabel(expiresInSeconds = 86_400): Promise<PoolWorld> {
  const world = await openPoolWorld([{ name: "boss", primary: { used_percent: 20 } }])
  await world.label("boss", { expiresInSeconds })
  return world
}

describe("a good reading", () => {
  test("is kept, and served without a request for 60 s", async () => {
    await using world = await withLabel()
    setSystemTime(new Date())
    const first = await view(world, "fresh")
    expect(first).toMatchObject({ outcome: "read", detail: null, reading: { plan: "plus" } })
    expect(first.reading?.windows[0]).toMatchObject({ kind: "5h", usedPercent: 20 })
    later(59)
    expect(await view(world, "fresh")).toMatchObject({ ...first, outcome: "cached" })
    expect(asked(world)).toBe(1)
    later(1)
    expect(await view(world, "fresh")).toMatchObject({ outcome: "read" })
    expect(asked(world)).toBe(2)
  })

  test("is asked for anyway with `live`, and never with `cached`", async () => {
    await using world = await withLabel()
    expect(await view(world, "cached")).toMatchObject({ outcome: "cached", reading: null })
    await view(world, "live")
    await view(world, "live")
    expect(asked(world)).toBe(2)
    later(9_999)
    expect(await view(world, "cached")).toMatchObject({ outcome: "cached", reading: {} })
    expect(asked(world)).toBe(2)
  })

  test("of the future (a clock set back) is not fresh", async () => {
    await using world = await withLabel()
    await view(world, "fresh")
    later(-30)
    expect(await view(world, "fresh")).toMatchObject({ outcome: "read" })
  })

  test("counts for the burn as active only where the label serves", async () => {
    await using world = await openPoolWorld(["boss", "qa"])
    await world.label("boss")
    await world.label("qa")
    await world.edit((document) => patchTarget(document, "codexCli", { activeLabel: "qa" }))
    for (const label of ["boss", "qa"]) await view(world, "live", keyOf("openai-codex", label))
    const samples = world.pool.ledger.samples("openai-codex", 0, 9)
    expect(samples.map(({ label, active }) => [label, active])).toEqual([
      ["boss", false],
      ["qa", true],
    ])
  })
})

describe("nobody is asked", () => {
  test("with an access token that has run out", async () => {
    await using world = await withLabel(-1)
    expect(await view(world, "live")).toMatchObject({
      outcome: "access_expired",
      detail: "the access token has expired",
    })
    expect(asked(world)).toBe(0)
  })

  test("for a label without a login", async () => {
    await using world = await withLabel()
    const gone = keyOf("openai-codex", "nobody")
    expect(await view(world, "live", gone)).toMatchObject({ outcome: "no_login", reading: null })
    const claude = keyOf("anthropic", "boss")
    expect(await view(world, "live", claude)).toMatchObject({ outcome: "no_login", reading: null })
    expect(asked(world)).toBe(0)
  })

  test("for a label whose stored pair is dead", async () => {
    await using world = await withLabel()
    const pair = pairHash(new Secret(String(await world.stored("boss"))))
    await world.edit((document) =>
      noteVerdict(document, { provider: "openai-codex", label: "boss" }, pair, "invalid_grant", 0),
    )
    expect(await view(world, "live")).toMatchObject({ outcome: "login_dead" })
    expect(await view(world, "cached")).toMatchObject({ outcome: "cached" })
    expect(asked(world)).toBe(0)
  })
})

test("a label whose token has run out or was refused wants a refresh, unless it is not ready", async () => {
  await using world = await withLabel()
  const document = await world.document()
  const outcomes = ["access_expired", "unauthorized", "read", "transient", "login_dead"] as const
  const wanting = outcomes.filter((outcome) =>
    wantsRefresh(document, { key: boss, reading: null, outcome, detail: null }),
  )
  expect(wanting).toEqual(["access_expired", "unauthorized"])
  const key = keyOf("openai-codex", "nobody")
  const none = { key, reading: null, outcome: "unauthorized", detail: null } as const
  expect(wantsRefresh(document, none)).toBe(false)
})
