import { afterEach, describe, expect, setSystemTime, test } from "bun:test"
import { targetBlock } from "../../../src/domain/document.ts"
import { patchTarget } from "../../../src/domain/document-edits.ts"
import { endBlocked, endSwitched } from "../../../src/operations/switch/end.ts"
import { emptyProgress, type Progress } from "../../../src/operations/switch/receipt.ts"
import { readStore } from "../../../src/pool/stores.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"

afterEach(() => {
  setSystemTime()
})

/** `boss` lies in the client's home, which was switched to it before. */
async function switched(block: object = {}): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "qa"])
  await world.label("boss", { dir: world.codexHome })
  await world.edit((document) =>
    patchTarget(document, "codexCli", { activeLabel: "boss", expectedAccountId: "acct", ...block }),
  )
  return world
}

const block = async (world: PoolWorld) => targetBlock(await world.document(), "codexCli")
const history = ({ pool }: PoolWorld) => pool.ledger.history("openai-codex", Date.now())

async function end(
  world: PoolWorld,
  done: { changed?: string[]; accountId?: string; keptFile?: string | null },
  progress: Partial<Progress> = {},
) {
  const held = await readStore(await world.document(), world.target, await world.store())
  const observed = { held, current: "boss", warnings: [], blockers: [], sync: { synced: false } }
  const full = { changed: [], accountId: "acct", keptFile: null, ...done }
  return endSwitched(world.pool, observed, "boss", full, { ...emptyProgress(), ...progress })
}

describe("a switch that holds", () => {
  test("is a noop that touches no file, where nothing was written and all is recorded", async () => {
    await using world = await switched()
    const before = await world.text()
    expect(await end(world, {})).toMatchObject({
      status: "noop",
      label: "boss",
      accountId: "acct",
      wroteAuthJson: false,
    })
    expect(await world.text()).toBe(before)
    expect(history(world)).toEqual([])
  })

  test.each([
    ["the file was written", {}, { changed: ["auth.json"] }],
    ["another label was recorded", { activeLabel: "qa" }, {}],
    ["another account was recorded", {}, { accountId: "other" }],
  ])("is recorded with its receipt and in the history, where %s", async (_name, recorded, done) => {
    await using world = await switched(recorded)
    const receipt = await end(world, done, { previousLabel: "qa" })
    expect(receipt).toMatchObject({ status: "activated", previousLabel: "qa" })
    expect(receipt).toMatchObject({ wroteAuthJson: "changed" in done })
    const after = await block(world)
    expect(after).toMatchObject({ activeLabel: "boss", homeDir: world.codexHome })
    expect(after).not.toHaveProperty("switchIntent")
    expect(after.lastSelectionReceipt).toEqual(receipt as never)
    expect(history(world)).toMatchObject([{ status: "activated", label: "boss" }])
  })

  test("is recorded where an intent of this home was open, which is over by it", async () => {
    await using world = await switched()
    const switchIntent = { home: world.codexHome, label: "boss" }
    await world.edit((document) => patchTarget(document, "codexCli", { switchIntent }))
    expect(await end(world, {}, { previousLabel: "qa" })).toMatchObject({ status: "activated" })
    expect(await block(world)).not.toHaveProperty("switchIntent")
  })

  test("names where the login lies that was replaced", async () => {
    await using world = await switched()
    const receipt = await end(world, { changed: ["auth.json"], keptFile: "/copy" })
    expect(receipt).toMatchObject({ replacedLoginKeptAt: "/copy" })
  })
})

describe("clients that were running before", () => {
  const MINUTE = 60_000

  test("keep the previous label until they are started anew, and are named", async () => {
    await using world = await switched({ lastAppliedAt: new Date(0).toISOString() })
    using client = world.client(world.codexHome)
    const { warnings, status } = await end(
      world,
      { changed: ["auth.json"] },
      { previousLabel: "qa" },
    )
    expect(status).toBe("activated_with_warnings")
    expect(warnings).toEqual([
      {
        kind: "previous_label_in_use",
        label: "qa",
        pid: client.pid,
        command: "sleep",
        detail: `sleep (pid ${client.pid}) was running before the switch and keeps \`qa\` until it is started anew`,
        hint: "restart it to use the new label",
      },
    ])
  })

  test("that are older than the last switch keep what they began with", async () => {
    const lastAppliedAt = new Date(Date.now() + 10 * MINUTE).toISOString()
    await using world = await switched({ lastAppliedAt })
    using client = world.client(world.codexHome)
    const { warnings } = await end(world, { changed: ["auth.json"] }, { previousLabel: "qa" })
    expect(warnings[0]).not.toHaveProperty("label")
    expect(warnings[0]?.detail).toBe(
      `sleep (pid ${client.pid}) was running before the switch and keeps the login that it began with until it is started anew`,
    )
  })

  test.each([
    ["a noop", { changed: [] }, "qa"],
    ["a label that stays", { changed: ["auth.json"] }, "boss"],
    ["a home that held none", { changed: ["auth.json"] }, null],
  ])("are not named for %s", async (_name, done, previousLabel) => {
    await using world = await switched()
    using _client = world.client(world.codexHome)
    expect((await end(world, done, { previousLabel })).warnings).toEqual([])
  })
})

test("a switch that could not be done leaves the label as it is, with the reason on record", async () => {
  await using world = await switched()
  const store = await world.store()
  const blockers = [{ kind: "nothing_can_serve" }]
  const progress = { ...emptyProgress(), previousLabel: "boss" }
  const receipt = await endBlocked(world.pool, world.target, store, progress, blockers)
  expect(receipt).toMatchObject({ status: "blocked", wroteAuthJson: false, blockers })
  expect(await block(world)).toMatchObject({ activeLabel: "boss", lastSelectionReceipt: receipt })
  expect(history(world)).toMatchObject([{ status: "blocked", reason: "no_eligible_pool_account" }])
})
