import { describe, expect, test } from "bun:test"
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld } from "../support/world.ts"

type CaptureDocument = {
  ok: boolean
  label: string
  adoption: string
  quarantined: string | null
  warnings: { kind: string }[]
}

const problem = (result: { stdout: string }) =>
  (JSON.parse(result.stdout) as { error: { code: string; message: string; hint: string } }).error

/** Every file of a home with its bytes and modification time. */
async function bytesOf(dir: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const name of await readdir(dir)) {
    const { mtimeNs, mode } = await stat(join(dir, name), { bigint: true })
    files[name] = `${mode} ${mtimeNs} ${await Bun.file(join(dir, name)).text()}`
  }
  return files
}

async function store(dir: string, auth: unknown) {
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, "auth.json"), typeof auth === "string" ? auth : JSON.stringify(auth))
}

describe("capture", () => {
  test("adopts a login as a new label, leaves the home as it was, and remembers it", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { dir, login } = await world.login("boss")
    const before = await bytesOf(dir)
    const result = await world.json<CaptureDocument>(`codex capture boss --source-home ${dir}`)
    expect(result).toMatchObject({ ok: true, label: "boss", adoption: "adopted", warnings: [] })
    expect(await bytesOf(dir)).toEqual(before)
    const vault = await world.vault()
    expect(vault.credentials["openai-codex"]?.boss).toMatchObject({
      access: login.accessToken,
      refresh: login.refreshToken,
      idToken: login.idToken,
      accountId: login.accountId,
      tokensExtra: { oauth_provenance: expect.any(Object), login_owner_id: expect.any(String) },
    })
    expect(vault.targets.codexCli?.sourceHomes).toMatchObject({ [dir]: { label: "boss" } })
    const again = await world.json<CaptureDocument>(`codex capture boss --source-home ${dir}`)
    expect(again.adoption).toBe("same")
  })

  test("a forgotten home is neither read nor written any more, even one that is gone", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { dir } = await world.label("boss")
    const before = await bytesOf(dir)
    await world.json(`codex forget-home ${dir}`)
    await world.json("refresh boss --force")
    expect(await bytesOf(dir)).toEqual(before)
    expect(problem(await world.aim(`codex forget-home ${dir} --json`)).code).toBe(
      "home_not_remembered",
    )
    const { dir: other } = await world.login("boss", { dir: join(world.home, "other") })
    await world.json(`codex capture boss --source-home ${other}`)
    await rm(other, { recursive: true })
    expect((await world.aim("status")).code).toBe(0)
    await world.json(`codex forget-home ${other}`)
  })

  test("is refused for another person's label, another label's login, and what is no login", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    await world.label("boss")
    const { dir } = await world.login("qa")
    const refused = async (args: string) => problem(await world.aim(`codex capture ${args} --json`))
    expect(await refused(`boss --source-home ${dir}`)).toMatchObject({
      code: "identity_mismatch",
      message: expect.stringMatching(/boss@example.test.*qa@example.test/),
    })
    await world.json(`codex capture qa --source-home ${dir}`)
    expect((await refused(`other --source-home ${dir}`)).code).toBe("login_already_labelled")
    expect((await refused(`status --source-home ${dir}`)).code).toBe("reserved_label")
    expect((await refused("qa")).code).toBe("no_login_in_home")
    const odd = join(world.home, "odd")
    await store(odd, "{ not json")
    expect((await refused(`qa --source-home ${odd}`)).code).toBe("codex_target_auth_unreadable")
    await store(odd, { auth_mode: "apikey", OPENAI_API_KEY: "sk-x" })
    expect((await refused(`qa --source-home ${odd}`)).code).toBe("not_a_chatgpt_login")
    await writeFile(join(odd, "config.toml"), 'cli_auth_credentials_store = "keyring"\n')
    expect((await refused(`qa --source-home ${odd}`)).code).toBe(
      "codex_target_store_mode_unsupported",
    )
    expect(Object.keys((await world.vault()).accounts)).toEqual(["boss", "qa"])
  })

  test("of an older pair changes nothing; of a conflicting one keeps it in quarantine", async () => {
    let behind = 3_600_000
    await using world = await openWorld([{ name: "boss" }], { clock: () => Date.now() - behind })
    const { dir, login } = await world.label("boss")
    const old = await Bun.file(join(dir, "auth.json")).text()
    behind = 0
    await world.json("refresh boss --force")
    const newest = (await world.vault()).credentials["openai-codex"]?.boss?.refresh
    const elsewhere = join(world.home, "elsewhere")
    await store(elsewhere, old)
    const older = await world.json<CaptureDocument>(`codex capture boss --source-home ${elsewhere}`)
    expect(older.adoption).toBe("older")
    expect((await world.vault()).credentials["openai-codex"]?.boss?.refresh).toBe(newest ?? "")
    expect((await world.auth(elsewhere)).tokens.refresh_token).toBe(login.refreshToken)
    const foreign = JSON.parse(old)
    foreign.tokens.refresh_token = "rt-never-seen"
    await store(elsewhere, foreign)
    const conflict = await world.json<CaptureDocument>(
      `codex capture boss --source-home ${elsewhere}`,
      1,
    )
    expect(conflict.adoption).toBe("conflict")
    const [entry] = (await world.vault()).quarantine ?? []
    expect(entry).toMatchObject({
      reason: "conflict",
      label: "boss",
      credential: { refresh: "rt-never-seen" },
    })
    expect((await world.vault()).credentials["openai-codex"]?.boss?.refresh).toBe(newest ?? "")
  })

  test("two seats of one workspace are two labels, with a word about the reference program", async () => {
    const accountId = "11111111-2222-4333-8444-555555555555"
    await using world = await openWorld([
      { name: "boss", accountId },
      { name: "qa", accountId },
    ])
    await world.label("boss")
    const { dir } = await world.login("qa")
    const result = await world.json<CaptureDocument>(`codex capture qa --source-home ${dir}`)
    expect(result.warnings).toContainEqual(
      expect.objectContaining({ kind: "account_id_collision" }),
    )
    await world.json("codex use")
    await world.json("codex use --next")
    const vault = await world.vault()
    const held = (await world.auth()).tokens.refresh_token
    const active = String(vault.targets.codexCli?.activeLabel)
    expect(vault.credentials["openai-codex"]?.[active]?.refresh).toBe(held)
  })
})

describe("a login that the reference program wrote", () => {
  test("is served as it is, and gets its real id token at the first refresh", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const minted = world.sim.mintLogin("boss")
    const state = {
      schemaVersion: "0.2",
      accounts: {
        boss: {
          provider: "openai-codex",
          expect: {},
          reauth: {},
          pool: { enabled: true },
          note: "kept",
        },
      },
      credentials: {
        "openai-codex": {
          boss: {
            access: minted.accessToken,
            refresh: minted.refreshToken,
            expiresAt: new Date(minted.expiresAt).toISOString(),
            accountId: minted.accountId,
            idToken: minted.accessToken,
          },
        },
      },
      imports: {},
      pool: {},
      targets: {},
      unknown: { stays: true },
    }
    await mkdir(join(world.home, ".aimgr"))
    await writeFile(join(world.home, ".aimgr", "secrets.json"), JSON.stringify(state, null, 2))
    await world.json("codex use")
    expect((await world.auth()).tokens.id_token).toBe(minted.accessToken)
    await world.json("refresh boss --force")
    const vault = await world.vault()
    expect(vault.credentials["openai-codex"]?.boss?.idToken).not.toBe(
      vault.credentials["openai-codex"]?.boss?.access ?? "",
    )
    expect((await world.auth()).tokens.id_token).toBe(
      vault.credentials["openai-codex"]?.boss?.idToken ?? "",
    )
    expect(vault).toMatchObject({ unknown: { stays: true }, accounts: { boss: { note: "kept" } } })
  })
})

test("a login that was refused for good is no way out of `reauth`, and capture says so", async () => {
  await using world = await openWorld([{ name: "boss" }])
  const { dir } = await world.label("boss")
  world.sim.revoke("boss")
  await world.aim("refresh boss --force")
  const { warnings } = await world.json<CaptureDocument>(`codex capture boss --source-home ${dir}`)
  expect(warnings).toMatchObject([{ label: "boss", hint: "aim login boss" }])
})
