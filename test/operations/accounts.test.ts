import { afterEach, describe, expect, setSystemTime, test } from "bun:test"
import {
  patchAccount,
  patchTarget,
  putAccount,
  putCredential,
} from "../../src/domain/document-edits.ts"
import { addAccount, listAccounts, setEnabled, showAccount } from "../../src/operations/accounts.ts"
import { Secret } from "../../src/system/secret.ts"
import { openPoolWorld } from "../support/pool-world.ts"
import { thrownBy } from "../vault/temp-vault.ts"

afterEach(() => {
  setSystemTime()
})

describe("a label as it is shown", () => {
  test("has its identity, expiry, expectation and homes, and no token", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss", { expiresInSeconds: 3600 })
    await world.edit((document) => {
      const expect = { email: "Boss@Example.test", workspace: "ws-1" }
      return patchAccount(document, "boss", { expect })
    })
    const [account] = world.sim.accounts()
    const shown = await showAccount(world.pool, " Boss ")
    expect(shown).toMatchObject({
      label: "boss",
      provider: "openai-codex",
      enabled: true,
      readiness: { status: "blocked", code: "conflict" },
      accountId: account?.accountId ?? "",
      expectEmail: "boss@example.test",
      expectWorkspace: "ws-1",
      homes: [dir],
    })
    expect(shown.identity).toStartWith("boss@example.test (")
    expect(Date.parse(String(shown.expiresAt)) - Date.now()).toBeWithin(3_500_000, 3_600_001)
    expect(JSON.stringify(shown)).not.toContain(String(await world.stored("boss")))
  })

  test("without a login, or of a provider that aim can't talk to, says what is known", async () => {
    await using world = await openPoolWorld([])
    const expiresAt = "2030-01-01T00:00:00.000Z"
    await world.edit((document) => {
      const empty = putAccount(document, "empty", {})
      const claude = putAccount(empty, "lessons", { provider: "anthropic" })
      const odd = putAccount(claude, "odd", { provider: "elsewhere", pool: { enabled: false } })
      const odder = putAccount(odd, "odder", { provider: 7 })
      const record = { access: new Secret("a"), refresh: new Secret("r"), expiresAt }
      return putCredential(odder, "anthropic", "lessons", record)
    })
    const nothing = { identity: null, accountId: null, homes: [] }
    expect(await listAccounts(world.pool)).toMatchObject([
      { ...nothing, label: "empty", provider: "openai-codex", expiresAt: null },
      {
        accountId: null,
        homes: [],
        label: "lessons",
        provider: "anthropic",
        readiness: { code: "missing_native_claude_bundle" },
        expiresAt,
      },
      { ...nothing, label: "odd", provider: "elsewhere", readiness: null, enabled: false },
      { ...nothing, label: "odder", provider: "unknown", readiness: null },
    ])
    expect((await showAccount(world.pool, "empty")).readiness?.code).toBe("missing_credentials")
    expect(await thrownBy(showAccount(world.pool, "nobody"))).toMatchObject({
      problem: { code: "unknown_label" },
    })
  })

  test("names only its own homes", async () => {
    await using world = await openPoolWorld([])
    await world.edit((document) => {
      const sourceHomes = { "/a": { label: "boss" }, "/b": { label: "qa" }, "/c": null }
      return patchTarget(putAccount(document, "boss", {}), "codexCli", { sourceHomes })
    })
    expect((await showAccount(world.pool, "boss")).homes).toEqual(["/a"])
  })
})

describe("a new label", () => {
  test("is made empty, in the pool, with a receipt", async () => {
    await using world = await openPoolWorld([])
    expect(await addAccount(world.pool, "Lessons", "anthropic")).toMatchObject({
      label: "lessons",
      provider: "anthropic",
      enabled: true,
    })
    expect((await world.document()).accounts).toHaveProperty("lessons.provider", "anthropic")
    const [receipt] = world.pool.ledger.receipts({ limit: 1 })
    expect(receipt).toMatchObject({ action: "account_add", status: "applied", label: "lessons" })
    expect(receipt?.receipt.provider).toBe("anthropic")
  })

  test.each([
    ["boss", "openai-codex", "label_exists", 1, "aim account show boss"],
    ["status", "openai-codex", "reserved_label", 2, "choose another name, such as `status-1`"],
    ["qa", "elsewhere", "unknown_provider", 2, "one of: openai-codex, anthropic"],
  ])("is none: %s of %s (%s)", async (label, provider, code, exit, hint) => {
    await using world = await openPoolWorld([])
    await world.edit((document) => putAccount(document, "boss", { kept: 1 }))
    const before = await world.text()
    expect(await thrownBy(addAccount(world.pool, label, provider))).toMatchObject({
      problem: { code, hint },
      exit,
    })
    expect(await world.text()).toBe(before)
  })
})

describe("a label that is taken out of the pool", () => {
  test("says since when and by whom, keeps its login, and comes back as it was", async () => {
    await using world = await openPoolWorld()
    await world.label("boss")
    await world.edit((document) =>
      patchAccount(document, "boss", { pool: { enabled: true, kept: 1 } }),
    )
    const before = JSON.parse(await world.text())
    setSystemTime(new Date("2026-11-21T12:00:00Z"))
    expect(await setEnabled(world.pool, "boss", false)).toMatchObject({ enabled: false })
    const off = await world.document()
    expect(off.accounts.boss?.pool).toEqual({
      enabled: false,
      kept: 1,
      disabledAt: "2026-11-21T12:00:00.000Z",
      disabledReason: "operator",
    })
    expect(JSON.parse(await world.text()).credentials).toEqual(before.credentials)
    expect(await setEnabled(world.pool, "boss", true)).toMatchObject({ enabled: true })
    expect(JSON.parse(await world.text())).toEqual(before)
    const receipts = world.pool.ledger.receipts({ limit: 9 })
    expect(receipts.map(({ action, status }) => `${action} ${status}`).toSorted()).toEqual([
      "account_disable applied",
      "account_enable applied",
    ])
  })

  test.each([true, false])(
    "or let in again (%p) that is so already leaves no receipt",
    async (enabled) => {
      await using world = await openPoolWorld([])
      await world.edit((document) =>
        putAccount(document, "boss", { pool: { enabled, disabledReason: "kept" } }),
      )
      const before = await world.text()
      await setEnabled(world.pool, "boss", enabled)
      expect(await world.text()).toBe(before)
      expect(world.pool.ledger.receipts({ limit: 9 })).toEqual([])
    },
  )
})
