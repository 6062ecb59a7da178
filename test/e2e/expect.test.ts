import { describe, expect, test } from "bun:test"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"

type Shown = {
  account: {
    readiness: { status: string; code: string; reason: string; mend: string }
    expectEmail: string | null
    expectWorkspace: string | null
  }
}
type Failed = { error: { code: string; message: string; hint: string } }

const BOSS = "boss@example.test"

async function captured(): Promise<World> {
  const world = await openWorld([{ name: "boss" }, { name: "qa" }])
  await world.label("boss")
  return world
}

const workspaceOf = async (world: World, label: string) =>
  (await world.vault()).credentials["openai-codex"]?.[label]?.accountId

describe("aim account expect", () => {
  test("pins, changes and clears; what is the same already changes nothing", async () => {
    await using world = await captured()
    const workspace = await workspaceOf(world, "boss")
    const { account } = await world.json<Shown>(
      `account expect boss --email Boss@Example.test --workspace ${workspace}`,
    )
    expect(account).toMatchObject({
      readiness: { status: "ready" },
      expectEmail: BOSS,
      expectWorkspace: workspace,
    })
    expect((await world.vault()).accounts.boss?.expect).toEqual({ email: BOSS, workspace })
    const file = join(world.home, ".aimgr", "secrets.json")
    const before = await readFile(file, "utf8")
    await world.json(`account expect boss --email ${BOSS}`)
    expect(await readFile(file, "utf8")).toBe(before)
    expect((await world.aim("account show boss")).stdout).toContain(`${BOSS}, workspace`)
    await world.json("account expect boss --clear")
    expect((await world.vault()).accounts.boss?.expect).toEqual({})
    const { stdout } = await world.aim("history --label boss --json")
    const acts = (JSON.parse(stdout) as { receipts: { action: string }[] }).receipts
    expect(acts.filter(({ action }) => action === "account_expect")).toHaveLength(2)
  })

  test.each([
    ["account expect boss", 2, "missing_flag"],
    ["account expect boss --clear --email a@b", 2, "conflicting_flags"],
    ["account expect boss --email boss", 2, "invalid_value"],
    ["account expect nobody --email a@b", 1, "unknown_label"],
  ])("aim %s ends with %d: %s", async (line, exit, code) => {
    await using world = await captured()
    expect((await world.json<Failed>(line, exit)).error.code).toBe(code)
  })
})

describe("a login that is not the expected one", () => {
  test("is not captured, adopted or taken out of quarantine", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    await world.json("account add boss")
    await world.json(`account expect boss --email ${BOSS}`)
    const { dir } = await world.login("qa")
    const refused = await world.json<Failed>(`codex capture boss --source-home ${dir}`, 1)
    expect(refused.error).toMatchObject({
      code: "identity_mismatch",
      message: expect.stringContaining(`${BOSS} is expected, the login is qa@example.test`),
    })
    await world.login("qa", { dir: world.codexHome })
    expect((await world.json<Failed>("codex use --adopt boss", 1)).error?.code).toBe(
      "identity_mismatch",
    )
    await world.label("qa")
    await world.json("account remove qa --yes")
    await world.json("account add other")
    await world.json("account expect boss --clear")
    await world.json("account expect other --workspace elsewhere")
    const elsewhere = await world.json<Failed>(`codex capture other --source-home ${dir}`, 1)
    expect(elsewhere.error.message).toContain("workspace elsewhere is expected")
    await world.label("boss")
    await world.json("codex use --replace-unmanaged")
    const [entry] = (await world.vault()).quarantine ?? []
    const adopted = await world.json<Failed>(`quarantine adopt ${entry?.id} other`, 1)
    expect(adopted.error).toMatchObject({
      code: "identity_mismatch",
      hint: expect.stringContaining("aim help account expect"),
    })
    expect((await world.vault()).credentials["openai-codex"]?.other).toBeUndefined()
  })

  test("that is stored blocks the label until the right one is captured, and is kept", async () => {
    await using world = await captured()
    await world.label("qa")
    await world.json("account rename boss spare --yes")
    await world.json(`account expect qa --email ${BOSS}`)
    await world.json("account remove spare --yes")
    const { account } = await world.json<Shown>("account show qa")
    expect(account.readiness).toMatchObject({ status: "blocked", code: "conflict" })
    type Status = { accounts: { label: string; operator: object }[] }
    const { accounts } = await world.json<Status>("status --cached")
    expect(accounts).toMatchObject([
      {
        label: "qa",
        operator: {
          status: "blocked",
          detailReason: "conflict",
          eligible: false,
          reason: `${BOSS} is expected, the login is qa@example.test`,
        },
      },
    ])
    const wrong = (await world.vault()).credentials["openai-codex"]?.qa?.refresh
    const { dir, login } = await world.login("boss")
    await world.json(`codex capture qa --source-home ${dir}`)
    const vault = await world.vault()
    expect(vault.credentials["openai-codex"]?.qa).toMatchObject({ refresh: login.refreshToken })
    expect(vault.credentials["openai-codex"]?.qa).not.toHaveProperty("formerPairs")
    expect(vault.quarantine).toMatchObject([{ reason: "replaced", credential: { refresh: wrong } }])
    const shown = await world.json<Shown>("account show qa")
    expect(shown.account.readiness.status).toBe("ready")
    // The home that the wrong login was captured from is another's now: it stays as it is.
    expect((await world.auth(join(world.home, "logins", "qa"))).tokens.refresh_token).toBe(
      String(wrong),
    )
    await world.json("refresh qa --force")
    expect((await world.auth(join(world.home, "logins", "qa"))).tokens.refresh_token).toBe(
      String(wrong),
    )
  })

  test("that a refresh brings for an unreadable one goes to quarantine", async () => {
    await using world = await captured()
    await world.json("account expect boss --email someone@example.test --workspace w")
    // What is stored tells nobody's name: opaque tokens, as an import may bring them.
    const vault = await world.vault()
    const stored = vault.credentials["openai-codex"]?.boss
    const opaque = { ...stored, access: "opaque", idToken: "opaque", accountId: "w" }
    vault.credentials["openai-codex"] = { boss: opaque as never }
    await writeFile(join(world.home, ".aimgr", "secrets.json"), JSON.stringify(vault))
    const home = join(world.home, "logins", "boss")
    await world.json(`codex forget-home ${home}`)
    const { labels } = await world.json<{ labels: object[] }>("refresh boss --force", 1)
    expect(labels).toMatchObject([{ outcome: "quarantined", reason: "wrong_identity" }])
    const after = await world.vault()
    expect(after.credentials["openai-codex"]?.boss?.access).toBe("opaque")
    expect(after.quarantine).toHaveLength(1)
  })
})
