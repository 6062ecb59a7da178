import { describe, expect, test } from "bun:test"
import { readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type VaultFile, type World } from "../support/world.ts"

const errorOf = (result: { stdout: string }) =>
  (JSON.parse(result.stdout) as { error: { code: string } }).error.code

/** The newest backup of the vault, as a document. */
async function newestBackup(world: World): Promise<VaultFile> {
  const dir = join(world.home, ".aimgr")
  const names = (await readdir(dir)).filter((name) => name.includes(".bak.")).sort()
  return (await Bun.file(join(dir, String(names.at(-1)))).json()) as VaultFile
}

async function inUse(): Promise<World> {
  const world = await openWorld([{ name: "boss" }, { name: "qa" }])
  await world.label("boss")
  await world.json("codex use")
  return world
}

describe("rename", () => {
  test("carries the login, the active label, the homes and what the ledger knows", async () => {
    await using world = await inUse()
    const before = await world.vault()
    const live = await world.auth()
    const readings = world.sim.log().length
    await world.json("account rename boss chief --yes")
    const vault = await world.vault()
    expect(Object.keys(vault.accounts)).toEqual(["chief"])
    expect(vault.credentials["openai-codex"]).toEqual({
      chief: before.credentials["openai-codex"]?.boss,
    } as never)
    expect(vault.targets.codexCli).toMatchObject({
      activeLabel: "chief",
      sourceHomes: { [join(world.home, "logins", "boss")]: { label: "chief" } },
    })
    expect(await world.auth()).toEqual(live)
    const used = await world.json("codex use")
    expect(used.activated).toMatchObject({ status: "noop", receipt: { label: "chief" } })
    expect(world.sim.log()).toHaveLength(readings)
    expect(Object.keys((await newestBackup(world)).accounts)).toEqual(["boss"])
  })

  test("is refused over another label, and for a label that was imported under its name", async () => {
    await using world = await inUse()
    await world.label("qa")
    expect(errorOf(await world.aim("account rename boss qa --yes --json"))).toBe("label_exists")
    expect(errorOf(await world.aim("account rename boss chief --json"))).toBe("needs_yes")
    const file = join(world.home, ".aimgr", "secrets.json")
    const codex = { source: "agents@studio", labels: ["boss"], labelsByName: {} }
    await writeFile(
      file,
      JSON.stringify({ ...(await world.vault()), imports: { authority: { codex } } }),
    )
    expect(errorOf(await world.aim("account rename boss chief --yes --json"))).toBe(
      "label_imported",
    )
    expect(Object.keys((await world.vault()).accounts)).toEqual(["boss", "qa"])
  })
})

describe("remove", () => {
  test("keeps the live files and, in the backup, the newest login there is", async () => {
    await using world = await inUse()
    const newest = world.sim.mintLogin("boss")
    const home = join(world.home, "logins", "boss")
    await writeFile(join(home, "auth.json"), JSON.stringify(world.sim.authJson(newest)))
    const live = await world.auth()
    await world.json("account remove boss --yes")
    const vault = await world.vault()
    expect(vault.accounts).toEqual({})
    expect(vault.credentials["openai-codex"]).toEqual({})
    expect(vault.targets.codexCli).not.toHaveProperty("activeLabel")
    expect(vault.targets.codexCli?.sourceHomes).toEqual({})
    expect(await world.auth()).toEqual(live)
    expect((await newestBackup(world)).credentials["openai-codex"]?.boss?.refresh).toBe(
      newest.refreshToken,
    )
    const { error } = await world.json<{ error: { code: string; hint: string } }>("codex use", 1)
    expect(error).toMatchObject({ code: "no_labels" })
    expect(error.hint).toBe(`make the login in ${world.codexHome} one: aim codex capture <label>`)
  })
})

describe("disable", () => {
  test("takes a label out of the choice and leaves its login", async () => {
    await using world = await inUse()
    await world.label("qa")
    await world.json("account disable boss")
    const { activated } = await world.json("codex use")
    expect(activated.receipt).toMatchObject({
      label: "qa",
      previousLabel: "boss",
      reasons: ["login_dead"],
    })
    await world.json("account disable qa")
    expect(errorOf(await world.aim("codex use --json"))).toBe("no_enabled_label")
    expect((await world.vault()).accounts.boss).toMatchObject({
      pool: { enabled: false, disabledReason: "operator" },
    })
    await world.json("account enable boss")
    expect((await world.vault()).accounts.boss?.pool).toEqual({ enabled: true })
    const { activated: back } = await world.json("codex use")
    expect(back.receipt.label).toBe("boss")
  })
})
