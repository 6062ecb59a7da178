import { describe, expect, test } from "bun:test"
import { newAccount } from "../../../src/domain/adopt/new-account.ts"
import { patchAccount, putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import { activate } from "../../../src/operations/activate.ts"
import { targetsOf } from "../../../src/pool/pool.ts"
import { Secret } from "../../../src/system/secret.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"

async function pool() {
  return openPoolWorld(["boss"], { claudeAccounts: [{ name: "lessons" }, { name: "work" }] })
}

async function use(world: PoolWorld, label: string, more: { dryRun?: boolean } = {}) {
  const [target] = targetsOf(world.pool, "anthropic")
  if (target === undefined) throw new Error("no target")
  return activate(world.pool, target, {
    label,
    next: false,
    dryRun: more.dryRun ?? false,
    adopt: null,
    replaceUnmanaged: false,
  })
}
const asked = (world: PoolWorld) =>
  world.sim.log().filter(({ path }) => path === "/api/oauth/usage").length

describe("a label that is named", () => {
  test.each<[string, (world: PoolWorld) => Promise<unknown>]>([
    ["is ready", async () => {}],
    [
      "is out of the pool",
      (world) => world.edit((d) => patchAccount(d, "lessons", { pool: { enabled: false } })),
    ],
    [
      "was blocked by hand",
      (world) => world.edit((d) => patchAccount(d, "lessons", { reauth: { blockedReason: "x" } })),
    ],
    [
      "is spent",
      async (world) =>
        world.sim.claude.setUsage("lessons", { five_hour: { utilization: 100, resets_at: null } }),
    ],
  ])("is switched to, and no quota is asked for: it %s", async (_what, prepare) => {
    await using world = await pool()
    await world.claudeLabel("lessons")
    await prepare(world)
    const { ok, receipt } = await use(world, "lessons")
    expect([ok, receipt.status, receipt.reasons]).toEqual([true, "activated", ["explicit_label"]])
    expect(asked(world)).toBe(0)
  })

  test.each<[string, string, (world: PoolWorld) => Promise<unknown>]>([
    ["that there is none of", "activation_failed", async () => {}],
    [
      "of another provider",
      "activation_failed",
      (world) => world.edit((d) => putAccount(d, "lessons", newAccount("openai-codex"))),
    ],
    [
      "that must be somebody else's",
      "activation_failed",
      async (world) => {
        await world.claudeLabel("lessons")
        await world.edit((d) => patchAccount(d, "lessons", { expect: { email: "a@b.test" } }))
      },
    ],
    [
      "without a login",
      "missing_credentials",
      (world) => world.edit((d) => putAccount(d, "lessons", newAccount("anthropic"))),
    ],
    [
      "without its bundle",
      "missing_native_claude_bundle",
      (world) =>
        world.edit((d) =>
          putCredential(putAccount(d, "lessons", newAccount("anthropic")), "anthropic", "lessons", {
            access: new Secret("a"),
            refresh: new Secret("r"),
            expiresAt: "2030-01-01T00:00:00.000Z",
          }),
        ),
    ],
    [
      "whose login has run out, where the issuer can't be asked",
      "expired_credentials",
      async (world) => {
        await world.claudeLabel("lessons", { expiresInSeconds: -60 })
        world.sim.addFault({ path: "/v1/oauth/token", kind: "status", status: 503 })
      },
    ],
  ])("%s blocks with the reference's code %s", async (_what, code, prepare) => {
    await using world = await pool()
    await prepare(world)
    for (const dryRun of [true, false]) {
      if (dryRun && code === "expired_credentials") continue
      const { ok, receipt } = await use(world, "lessons", { dryRun })
      expect(ok).toBe(false)
      expect(receipt).toMatchObject({
        status: "blocked",
        explicit: true,
        blockers: [{ kind: code, reason: code, label: "lessons" }],
      })
    }
  })
})
