import { describe, expect, test } from "bun:test"
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { CANARY } from "../../src/simulator/tokens.ts"
import { claudePaths, writeClaudeHome } from "../support/claude-fixtures.ts"
import { openWorld, type World } from "../support/world.ts"
import { pictureOf } from "./support/home-picture.ts"

type Exported = {
  ok: boolean
  encrypted: boolean
  exported: Record<string, unknown>
  warnings: { kind: string }[]
}
type Problem = { code: string; message: string; hint: string }

const open = (...names: string[]) =>
  openWorld([], { claudeAccounts: names.map((name) => ({ name })) })
const at = (world: World, name: string) => join(world.home, name)
const bundleIn = async (path: string) => JSON.parse(await readFile(path, "utf8"))
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

async function refused(world: World, args: string): Promise<Problem> {
  const result = await world.aim(`claude export-live ${args} --json`)
  expect([result.code, result.stdout + result.stderr]).toEqual([1, expect.any(String)])
  expect(result.stdout + result.stderr).not.toContain(CANARY)
  return (result.json() as { error: Problem }).error
}

describe("exporting the live login", () => {
  test("writes the reference's file, 0600, and changes nothing else", async () => {
    await using world = await open("boss")
    const login = await world.claudeHome("boss")
    const { claudeAiOauth, oauthAccount } = world.sim.claude.files(login)
    const before = await pictureOf(world.home)
    const result = await world.json<Exported>("claude export-live --out b.json")
    const { emailAddress, organizationName, organizationUuid } = oauthAccount
    expect(result).toMatchObject({ ok: true, encrypted: false, warnings: [] })
    expect(result.exported).toEqual({
      filePath: at(world, "b.json"),
      sourceHome: world.home,
      emailAddress,
      organizationName,
      organizationUuid,
      wrote: true,
    })
    expect(await bundleIn(at(world, "b.json"))).toEqual({
      version: 1,
      provider: "anthropic",
      exportedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      sourceHome: world.home,
      nativeClaudeBundle: { claudeAiOauth, oauthAccount },
    })
    expect(await modeOf(at(world, "b.json"))).toBe("600")
    const after = await pictureOf(world.home)
    const changed = [...after.keys()].filter((path) => before.get(path) !== after.get(path))
    expect(changed.sort()).toEqual([
      at(world, ".aimgr"),
      at(world, ".aimgr/locks"),
      at(world, "b.json"),
    ])
    const { receipts } = await world.json<{ receipts: object[] }>("history")
    expect(receipts).toMatchObject([{ action: "claude_export", status: "applied" }])
  })

  test("of another home, to another folder; again over the same file; and comes back", async () => {
    await using world = await open("boss")
    const { dir, login } = await world.claudeLogin("boss")
    await mkdir(at(world, "out"))
    for (const home of [dir, join(dir, ".claude"), "logins/boss", "~/logins/boss"])
      await world.json(`claude export-live --source-home ${home} --out ~/out/b.json`)
    expect(await readdir(at(world, "out"))).toEqual(["b.json"])
    const { adoption } = await world.json<{ adoption: string }>(
      "claude import-native boss --in out/b.json",
    )
    expect(adoption).toBe("adopted")
    expect((await world.vault()).credentials.anthropic?.boss?.refresh).toBe(login.refreshToken)
  })

  test("of a login that was renewed since says that it is probably spent", async () => {
    await using world = await open("boss")
    const { dir } = await world.claudeLogin("boss")
    await world.json(`claude export-live --source-home ${dir} --out b.json`)
    await world.json("claude import-native boss --in b.json")
    await world.json("refresh boss --force")
    const old = await world.claudeLogin("boss", { dir: at(world, "other") })
    const oauth = (await bundleIn(at(world, "b.json"))).nativeClaudeBundle
    await writeClaudeHome(old.dir, oauth)
    const { warnings } = await world.json<Exported>(
      `claude export-live --source-home ${old.dir} --out b.json`,
    )
    expect(warnings).toMatchObject([{ kind: "exported_login_is_older" }])
  })
})

describe("an export is refused", () => {
  test("where there is no login, no whole one, or two", async () => {
    await using world = await open("boss", "qa")
    const { credentials, appState } = claudePaths(world.home)
    const codeOf = async () => (await refused(world, "--out b.json")).code
    expect(await codeOf()).toBe("no_login_in_home")
    const boss = world.sim.claude.files(world.sim.claude.mintLogin("boss"))
    const qa = world.sim.claude.files(world.sim.claude.mintLogin("qa"))
    await writeClaudeHome(world.home, { ...boss, oauthAccount: qa.oauthAccount })
    expect(await refused(world, "--out b.json")).toMatchObject({
      code: "identity_contradiction",
      message: expect.stringMatching(
        new RegExp(`are user ${boss.oauthAccount.accountUuid}.*${qa.oauthAccount.accountUuid}`),
      ),
    })
    await writeClaudeHome(world.home, { claudeAiOauth: boss.claudeAiOauth })
    expect(await refused(world, "--out b.json")).toMatchObject({
      code: "missing_native_claude_bundle",
      message: expect.stringContaining("oauthAccount.emailAddress, oauthAccount.organizationName"),
    })
    await writeFile(appState, "{")
    expect(await codeOf()).toMatch(/unreadable/)
    const blank = { ...boss.claudeAiOauth, accessToken: "", refreshToken: "", expiresAt: 0 }
    await writeClaudeHome(world.home, { ...boss, claudeAiOauth: blank })
    expect(await refused(world, "--out b.json")).toMatchObject({
      code: "no_login_in_home",
      message: expect.stringContaining("were emptied"),
    })
    const lasting = { ...boss.claudeAiOauth, refreshToken: "" }
    await writeClaudeHome(world.home, { ...boss, claudeAiOauth: lasting })
    expect(await codeOf()).toBe("not_a_native_claude_login")
    await writeFile(credentials, `{"claudeAiOauth": "${CANARY}`)
    expect(await codeOf()).toMatch(/unreadable/)
    expect(await readdir(world.home)).not.toContain("b.json")
  })

  test("over a file that is no bundle, or another account's, but for --force", async () => {
    await using world = await open("boss", "qa")
    await world.claudeHome("boss")
    const { dir } = await world.claudeLogin("qa")
    await writeFile(at(world, "notes"), "mine\n")
    expect((await refused(world, "--out notes")).code).toBe("export_file_not_a_bundle")
    expect(await readFile(at(world, "notes"), "utf8")).toBe("mine\n")
    await world.json(`claude export-live --out b.json --source-home ${dir}`)
    const qa = await readFile(at(world, "b.json"), "utf8")
    expect(await refused(world, "--out b.json")).toMatchObject({
      code: "export_file_of_another",
      message: expect.stringMatching(/the login of qa@.*not that of boss@/),
    })
    expect(await readFile(at(world, "b.json"), "utf8")).toBe(qa)
    await world.json("claude export-live --out b.json --force")
    await world.json("claude export-live --out notes --force")
    expect((await bundleIn(at(world, "notes"))).version).toBe(1)
    expect(await modeOf(at(world, "notes"))).toBe("600")
  })

  test("over a login of this account that is not older, and that aim has nowhere else", async () => {
    await using world = await open("boss")
    const { dir, login } = await world.claudeLogin("boss")
    await world.json(`claude export-live --out b.json --source-home ${dir}`)
    await world.claudeHome("boss", { expiresInSeconds: 600 })
    expect(await refused(world, "--out b.json")).toMatchObject({
      code: "export_file_newer",
      hint: expect.stringContaining(`import-native <label> --in ${at(world, "b.json")}`),
    })
    expect(await readFile(at(world, "b.json"), "utf8")).toContain(login.refreshToken)
    await world.json("claude import-native boss --in b.json")
    await world.claudeHome("boss", { expiresInSeconds: 900 })
    await world.json("claude export-live --out b.json")
    expect(await readFile(at(world, "b.json"), "utf8")).not.toContain(login.refreshToken)
  })

  test("where other users can look or write, also through a link, but for --force", async () => {
    await using world = await open("boss")
    await world.claudeHome("boss")
    const codeOf = async (out: string) => (await refused(world, `--out ${out}`)).code
    await chmod(world.home, 0o711)
    for (const mode of [0o755, 0o704, 0o703, 0o777]) {
      await mkdir(at(world, `d${mode}`))
      await chmod(at(world, `d${mode}`), mode)
      expect([mode, await codeOf(`d${mode}/b.json`)]).toEqual([mode, "export_place_exposed"])
    }
    await mkdir(at(world, "own"), { mode: 0o700 })
    await symlink(at(world, "d493/b.json"), at(world, "own/link"))
    await symlink(at(world, "own/b.json"), at(world, "d493/link"))
    expect(await codeOf("own/link")).toBe("export_place_exposed")
    expect(await codeOf("d493/link")).toBe("export_place_exposed")
    await world.json("claude export-live --out own/b.json")
    await world.json("claude export-live --out in-home.json")
    await chmod(at(world, "in-home.json"), 0o644)
    expect(await codeOf("in-home.json")).toBe("export_place_exposed")
    await chmod(world.home, 0o700)
    await world.json("claude export-live --out d493/b.json")
    await chmod(world.home, 0o711)
    await world.json("claude export-live --out own/link --force")
    expect(await modeOf(at(world, "d493/b.json"))).toBe("600")
  })

  test("where there is no file to be, with --force as well; and without --out", async () => {
    await using world = await open("boss")
    await world.claudeHome("boss")
    Bun.spawnSync(["mkfifo", at(world, "pipe")])
    const places = [".", "nowhere/b.json", "pipe"]
    for (const out of [...places, ...places.map((place) => `${place} --force`)])
      expect([out, (await refused(world, `--out ${out}`)).code]).toEqual([out, "export_unwritable"])
    const usage = async (args: string) =>
      (await world.json<{ error: Problem }>(`claude export-live${args}`, 2)).error.code
    expect(await usage("")).toBe("missing_flag")
    expect(await usage(" --out b.json --passphrase-file pass")).toBe("missing_flag")
  })
})

describe("an encrypted export", () => {
  test("opens with its passphrase alone, and holds nothing that can be read", async () => {
    await using world = await open("boss")
    const login = await world.claudeHome("boss")
    await writeFile(at(world, "pass"), "correct horse\n")
    await writeFile(at(world, "short"), "horse\n")
    const command = "claude export-live --out b.sealed --encrypt"
    const { encrypted } = await world.json<Exported>(`${command} --passphrase-file pass`)
    expect(encrypted).toBe(true)
    const first = await readFile(at(world, "b.sealed"))
    for (const word of [CANARY, "boss", "anthropic", "claudeAiOauth"])
      expect(first.includes(word)).toBe(false)
    expect(await modeOf(at(world, "b.sealed"))).toBe("600")
    await world.json(`${command} --passphrase-file pass`)
    expect((await readFile(at(world, "b.sealed"))).equals(first)).toBe(false)
    const codeOf = async (args: string) => (await refused(world, `--out c ${args}`)).code
    expect(await codeOf("--encrypt --passphrase-file short")).toBe("passphrase_too_short")
    expect(await codeOf("--encrypt")).toBe("passphrase_needed")
    expect(await readdir(world.home)).not.toContain("c")
    await world.json("claude import-native boss --in b.sealed --passphrase-file pass")
    expect((await world.vault()).credentials.anthropic?.boss?.refresh).toBe(login.refreshToken)
  })

  test("is written over only by who can tell whose it is, but for --force", async () => {
    await using world = await open("boss", "qa")
    await world.claudeHome("boss")
    const { dir } = await world.claudeLogin("qa")
    await writeFile(at(world, "pass"), "correct horse\n")
    await writeFile(at(world, "other"), "another horse\n")
    const sealed = "--out b.sealed --encrypt --passphrase-file"
    await world.json(`claude export-live ${sealed} pass --source-home ${dir}`)
    const qa = await readFile(at(world, "b.sealed"))
    const codeOf = async (args: string) => (await refused(world, args)).code
    expect(await codeOf("--out b.sealed")).toBe("export_file_sealed")
    expect(await codeOf(`${sealed} other`)).toBe("export_file_sealed")
    expect(await codeOf(`${sealed} pass`)).toBe("export_file_of_another")
    expect((await readFile(at(world, "b.sealed"))).equals(qa)).toBe(true)
    await world.json(`claude export-live ${sealed} other --force`)
    await world.json(`claude export-live ${sealed} other`)
  })
})
