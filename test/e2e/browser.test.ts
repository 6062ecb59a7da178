import { describe, expect, test } from "bun:test"
import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"

type Failed = { error: { code: string; hint: string } }
type Shown = { binding: object | null; reauthMode: string | null; exists: boolean | null }

const failed = async (world: World, args: string, code: number) =>
  (await world.json<Failed>(args, code)).error.code

/** A program of that name, first on PATH, which notes its arguments and ends with `code`. */
async function standIn(world: World, name: string, code = 0) {
  const bin = join(world.home, "bin")
  await mkdir(bin, { recursive: true })
  const notes = join(world.home, `${name}.args`)
  const script = `#!/bin/sh
printf '%s\\n' "$*" >> '${notes}'
exit ${code}
`
  await writeFile(join(bin, name), script)
  await chmod(join(bin, name), 0o755)
  const lines = async () => (await readFile(notes, "utf8")).trim().split("\n")
  return { env: { PATH: `${bin}:/usr/bin:/bin` }, lines }
}

describe("aim browser set", () => {
  test("makes a label and its own profile, 0700; a second run changes nothing", async () => {
    await using world = await openWorld([])
    const { browser } = await world.json<{ browser: { updated: object; current: Shown } }>(
      "browser set boss --mode aim-profile",
    )
    expect(browser.updated).toMatchObject({ label: "boss", mode: "aim-profile", changed: true })
    expect(browser.current).toMatchObject({ reauthMode: "browser-managed", exists: true })
    const dir = join(world.home, ".aimgr/browser/boss/user-data")
    expect((await stat(dir)).mode & 0o777).toBe(0o700)
    const before = await readFile(join(world.home, ".aimgr/secrets.json"), "utf8")
    const again = await world.json<{ browser: { updated: object } }>("browser set boss --mode 1")
    expect(again.browser.updated).toMatchObject({ changed: false })
    expect(await readFile(join(world.home, ".aimgr/secrets.json"), "utf8")).toBe(before)
    expect(await world.json<Shown>("browser show boss")).toMatchObject({
      binding: { mode: "aim-profile", userDataDir: dir },
    })
  })

  test("names a place where no profile can be made", async () => {
    await using world = await openWorld([])
    await world.json("account add boss")
    await writeFile(join(world.home, ".aimgr/browser"), "")
    expect(await failed(world, "browser set boss --mode aim-profile", 1)).toBe(
      "browser_profile_unusable",
    )
    expect((await world.vault()).accounts.boss).toMatchObject({ browser: null })
  })

  test("changes no login, no selection and no assignment", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    await world.json("codex use")
    const { credentials, targets } = await world.vault()
    await world.json("browser set boss --mode manual-callback")
    expect(await world.vault()).toMatchObject({ credentials, targets })
    expect((await world.vault()).accounts.boss).toMatchObject({
      browser: null,
      reauth: { mode: "manual-callback" },
    })
  })

  test("what was verified of one profile says nothing of another", async () => {
    await using world = await openWorld([])
    for (const name of ["a", "b"]) await mkdir(join(world.home, name))
    const set = (name: string) =>
      world.json(`browser set boss --mode chrome --user-data-dir ${join(world.home, name)}`)
    await set("a")
    const file = join(world.home, ".aimgr/secrets.json")
    const vault = JSON.parse(await readFile(file, "utf8"))
    vault.accounts.boss.browser.verifiedAt = "2026-01-01T00:00:00.000Z"
    await writeFile(file, JSON.stringify(vault))
    await set("a")
    expect((await world.vault()).accounts.boss?.browser).toMatchObject({
      verifiedAt: vault.accounts.boss.browser.verifiedAt,
    })
    await set("b")
    expect((await world.vault()).accounts.boss?.browser).not.toHaveProperty("verifiedAt")
  })

  test("refuses Claude labels, folders that are not there and flags of another mode", async () => {
    await using world = await openWorld([])
    await world.json("account add claude-1 --provider anthropic")
    expect(await failed(world, "browser set claude-1 --mode aim-profile", 1)).toBe(
      "no_browser_binding",
    )
    expect(await failed(world, "open claude-1", 1)).toBe("no_browser_binding")
    const shown = await world.json("browser show claude-1")
    expect(shown).toMatchObject({ reauthMode: "native-claude", warnings: [] })
    expect((await world.aim("browser show claude-1")).stdout).toContain(
      "none: its login comes from Claude Code",
    )
    const file = join(world.home, ".aimgr/secrets.json")
    expect(await failed(world, `browser set boss --mode chrome --user-data-dir ${file}`, 1)).toBe(
      "no_such_profile",
    )
    expect(await failed(world, "browser set boss --mode generic_chrome", 2)).toBe("invalid_value")
    expect(await failed(world, "browser set boss --mode chrome --user-data-dir rel", 2)).toBe(
      "invalid_value",
    )
    expect(await failed(world, "browser set boss --mode chrome --user-data-dir /nowhere", 1)).toBe(
      "no_such_profile",
    )
    expect(await failed(world, "browser set boss --mode aim --session x", 2)).toBe(
      "unexpected_flag",
    )
    expect(await failed(world, "browser set status --mode aim", 2)).toBe("reserved_label")
    expect(await failed(world, "browser set boss --mode aim --seed-from-openclaw zz", 1)).toBe(
      "no_such_profile",
    )
    expect(Object.keys((await world.vault()).accounts)).toEqual(["claude-1"])
  })
})

test("a label's own profile goes with its name, and stays when the label goes", async () => {
  await using world = await openWorld([])
  await world.json("browser set boss --mode aim-profile")
  const profiles = join(world.home, ".aimgr/browser")
  await writeFile(join(profiles, "boss/user-data/Cookies"), "mine")
  const { touches } = await world.json<{ touches: string[] }>("account rename boss chief --yes")
  expect(touches).toContain("its browser profile moves with it")
  expect(await readFile(join(profiles, "chief/user-data/Cookies"), "utf8")).toBe("mine")
  await world.json("account remove chief --yes")
  expect(await readFile(join(profiles, "chief/user-data/Cookies"), "utf8")).toBe("mine")
})

describe("aim open", () => {
  test("opens the page in the bound profile and in no other", async () => {
    await using world = await openWorld([])
    const dir = join(world.home, ".config/chromium")
    await mkdir(dir, { recursive: true })
    await world.json(
      `browser set boss --mode chrome --user-data-dir ${dir} --profile-directory Work`,
    )
    const { env, lines } = await standIn(world, "chromium")
    const { opened } = await world.json<{ opened: object }>("open boss https://x.test/", 0, { env })
    expect(opened).toEqual({
      label: "boss",
      mode: "chrome-profile",
      url: "https://x.test/",
      program: "chromium",
    })
    expect(await lines()).toEqual([
      `--user-data-dir=${dir} --profile-directory=Work --no-first-run https://x.test/`,
    ])
  })

  test("by agent-browser, in its session and its folder", async () => {
    await using world = await openWorld([])
    const dir = join(world.home, "agent")
    await mkdir(dir)
    await world.json(`browser set boss --mode agent --profile ${dir} --session boss`)
    const { env, lines } = await standIn(world, "agent-browser")
    await world.json("open boss", 0, { env })
    expect(await lines()).toEqual([
      `--session boss --profile ${dir} --headed open https://chatgpt.com`,
    ])
  })

  test("says why it can't: no binding, no browser, one that fails, a folder that went", async () => {
    await using world = await openWorld([])
    await world.json("account add boss")
    expect(await failed(world, "open boss", 1)).toBe("missing_binding")
    expect(await failed(world, "open nobody", 1)).toBe("unknown_label")
    const dir = join(world.home, ".config/chromium")
    await mkdir(dir, { recursive: true })
    await world.json(`browser set boss --mode chrome --user-data-dir ${dir}`)
    const bare = { env: { PATH: "/nowhere" } }
    expect((await world.json<Failed>("open boss", 1, bare)).error.code).toBe("no_browser")
    const { env } = await standIn(world, "chromium", 3)
    expect((await world.json<Failed>("open boss", 1, { env })).error.code).toBe("browser_failed")
    expect(await failed(world, "open boss file:///etc/passwd", 2)).toBe("invalid_value")
    await world.json("account rename boss chief --yes")
    expect((await world.json<Shown>("browser show chief")).exists).toBe(true)
  })
})
