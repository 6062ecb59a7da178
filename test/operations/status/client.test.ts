import { describe, expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { patchTarget } from "../../../src/domain/document-edits.ts"
import { clientStatus, primaryOf } from "../../../src/operations/status/client.ts"
import { liveView } from "../../../src/pool/live-view.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"

async function statusOf(world: PoolWorld) {
  const { document, stores } = await liveView(world.pool)
  return clientStatus(world.target, document, stores)
}

describe("a client's block", () => {
  test("has what was recorded beside what the home really holds, and no token", async () => {
    await using world = await openPoolWorld(["boss", "qa"])
    await world.label("boss", { dir: world.codexHome })
    const dir = await world.label("qa")
    const [boss] = world.sim.accounts()
    await world.edit((document) =>
      patchTarget(document, "codexCli", {
        activeLabel: "qa",
        expectedAccountId: "expected",
        lastAppliedAt: "2026-11-21T12:00:00.000Z",
        lastSelectionReceipt: { action: "codex_use", access: "CANARY" },
      }),
    )
    const status = await statusOf(world)
    expect(status).toMatchObject({
      homeDir: world.codexHome,
      authPath: join(world.codexHome, "auth.json"),
      storeMode: "file",
      storeError: null,
      activeLabel: "qa",
      activeAccountPresent: true,
      activeCredentialPresent: true,
      expectedAccountId: "expected",
      actualAccountId: boss?.accountId ?? "",
      inferredLabel: "boss",
      relation: "same",
      readback: { ok: true, error: null, exists: true },
      sourceHomes: [dir],
      lastAppliedAt: "2026-11-21T12:00:00.000Z",
      lastWatchReceipt: null,
    })
    expect(JSON.stringify(status)).not.toContain("CANARY")
  })

  test("says what is broken, and null where nothing is", async () => {
    await using world = await openPoolWorld([])
    await world.edit((document) => patchTarget(document, "codexCli", { activeLabel: "gone" }))
    expect(await statusOf(world)).toMatchObject({
      activeLabel: "gone",
      activeAccountPresent: false,
      activeCredentialPresent: false,
      expectedAccountId: null,
      inferredLabel: null,
      relation: null,
      readback: { ok: false, error: null, exists: false },
      sourceHomes: [],
      lastSelectionReceipt: null,
    })
    await Bun.write(join(world.codexHome, "auth.json"), "{")
    writeFileSync(join(world.codexHome, "config.toml"), "= =")
    expect(await statusOf(world)).toMatchObject({
      storeMode: "unknown",
      storeError: expect.stringContaining("config.toml"),
      readback: { ok: false, error: expect.stringContaining("auth.json") },
    })
  })

  test("is of the home that `use` switches, whatever else was read", async () => {
    await using world = await openPoolWorld(["boss"])
    await world.label("boss")
    const { stores } = await liveView(world.pool)
    expect(primaryOf(world.target, stores.toReversed()).store.home).toBe(world.codexHome)
    expect(() => primaryOf(world.target, stores.slice(1))).toThrow("no home was read for codex")
  })
})
