import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { AimError } from "../../src/system/errors.ts"
import { clientHome, type Homes, resolveHomes } from "../../src/system/homes.ts"

const before = { HOME: process.env.HOME, AIM_HOME: process.env.AIM_HOME, cwd: process.cwd() }
let base = ""

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "aim-homes-")))
  for (const name of ["own", "other", "box", "work"]) mkdirSync(join(base, name))
  process.env.HOME = join(base, "own")
  delete process.env.AIM_HOME
  process.chdir(join(base, "work"))
})

afterEach(() => {
  process.chdir(before.cwd)
  for (const name of ["HOME", "AIM_HOME"] as const) {
    if (before[name] === undefined) delete process.env[name]
    else process.env[name] = before[name]
  }
  rmSync(base, { recursive: true })
})

const problemOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof AimError) return { ...error.problem, exit: error.exit }
  }
  return null
}

type Given = { AIM_HOME?: string; home?: string; state?: string }
type Found = { userHome: string; sandboxed: boolean; stateFile?: string }

describe("resolveHomes", () => {
  const rows: [string, Given, Found][] = [
    ["HOME alone", {}, { userHome: "own", sandboxed: false }],
    ["AIM_HOME beats HOME", { AIM_HOME: "$/other" }, { userHome: "other", sandboxed: true }],
    [
      "--home beats AIM_HOME",
      { AIM_HOME: "$/other", home: "$/box" },
      { userHome: "box", sandboxed: true },
    ],
    ["the own home, named", { home: "$/own" }, { userHome: "own", sandboxed: false }],
    [
      "the own home, by a detour",
      { home: "../work/../own/" },
      { userHome: "own", sandboxed: false },
    ],
    ["`~`", { home: "~" }, { userHome: "own", sandboxed: false }],
    ["`~/x`", { home: "~/x" }, { userHome: "own/x", sandboxed: true }],
    ["`$HOME/x`", { AIM_HOME: "$HOME/x" }, { userHome: "own/x", sandboxed: true }],
    [
      "`$HOMER` is a name like any other",
      { home: "$HOMER" },
      { userHome: "work/$HOMER", sandboxed: true },
    ],
    ["`~x` is a name like any other", { home: "~x" }, { userHome: "work/~x", sandboxed: true }],
    ["relative", { home: "in/here" }, { userHome: "work/in/here", sandboxed: true }],
    [
      "blank ones count as not given",
      { AIM_HOME: " ", home: "" },
      { userHome: "own", sandboxed: false },
    ],
    ["white space around", { home: "  ../box " }, { userHome: "box", sandboxed: true }],
    [
      "--state, absolute",
      { state: "$/work/s.json" },
      { userHome: "own", sandboxed: false, stateFile: "work/s.json" },
    ],
    [
      "--state, relative",
      { state: "s.json", home: "../box" },
      { userHome: "box", sandboxed: true, stateFile: "work/s.json" },
    ],
    [
      "--state with `~` stays in the chosen home",
      { state: "~/s.json", home: "../box" },
      { userHome: "box", sandboxed: true, stateFile: "box/s.json" },
    ],
  ]
  test.each(rows)("%s", (_, given, found) => {
    const real = (path: string | undefined) => path?.replace(/^\$\//, `${base}/`)
    const aimHome = real(given.AIM_HOME)
    if (aimHome !== undefined) process.env.AIM_HOME = aimHome
    const homes = resolveHomes({ home: real(given.home), state: real(given.state) })
    const stateFile = found.stateFile ?? `${found.userHome}/.aimgr/secrets.json`
    expect(homes).toMatchObject({
      userHome: join(base, found.userHome),
      sandboxed: found.sandboxed,
      stateFile: join(base, stateFile),
      cwd: join(base, "work"),
    })
  })

  test("a home that is a symlink to the own one is the own one", () => {
    symlinkSync(join(base, "own"), join(base, "alias"))
    expect(resolveHomes({ home: join(base, "alias") }).sandboxed).toBe(false)
  })

  test("keeps the environment as it was", () => {
    const homes = resolveHomes({})
    process.env.AIM_HOME = "later"
    expect(homes.env.AIM_HOME).toBeUndefined()
  })

  test("without any home it stops, but for a home that needs none", () => {
    delete process.env.HOME
    for (const flags of [{}, { home: "~/x" }, { home: "$HOME" }])
      expect(problemOf(() => resolveHomes(flags))).toMatchObject({ code: "no_home", exit: 1 })
    expect(resolveHomes({ home: join(base, "box") })).toMatchObject({
      userHome: join(base, "box"),
      sandboxed: true,
    })
  })
})

describe("clientHome", () => {
  const homes = (codexHome: string | undefined, sandboxed: boolean): Homes => ({
    userHome: join(base, "box"),
    sandboxed,
    stateFile: join(base, "box/.aimgr/secrets.json"),
    env: { CODEX_HOME: codexHome },
    cwd: join(base, "work"),
  })
  const find = (value: string | undefined, sandboxed: boolean) =>
    clientHome(homes(value, sandboxed), "CODEX_HOME", ".codex")

  test("is below the user's home when the variable is not set or blank", () => {
    for (const value of [undefined, "", "  "])
      expect(find(value, true)).toBe(join(base, "box/.codex"))
  })

  test("is what the variable says, made absolute, and no `~` is expanded", () => {
    expect(find(` ${base}/other `, false)).toBe(join(base, "other"))
    expect(find("rel/dir", false)).toBe(join(base, "work/rel/dir"))
    expect(find("~/x", false)).toBe(join(base, "work/~/x"))
  })

  test("may lie inside the chosen home, there or not", () => {
    for (const name of [".", ".codex", "deep/not/yet", "..dots"])
      expect(find(join(base, "box", name), true)).toBe(join(base, "box", name))
  })

  test("is refused outside the chosen home: plain, dotted, by a symlink, not yet there", () => {
    mkdirSync(join(base, "boxer"))
    symlinkSync(join(base, "own"), join(base, "box/link"))
    symlinkSync(join(base, "own/nothing-yet"), join(base, "box/dangling"))
    const outside = ["own", "own/.codex", "boxer", "box/../own", "box/link/.codex", "box/dangling"]
    for (const path of outside) {
      expect(problemOf(() => find(join(base, path), true))).toMatchObject({
        code: "home_escape",
        exit: 2,
        message: expect.stringContaining("CODEX_HOME"),
        hint: expect.stringContaining("--home"),
      })
      expect(find(`${base}/${path}`, false)).toBe(join(base, path))
    }
  })

  test("is allowed by its real path when the chosen home is itself reached by a symlink", () => {
    symlinkSync(join(base, "box"), join(base, "alias"))
    const chosen = { ...homes(join(base, "box/.codex"), true), userHome: join(base, "alias") }
    expect(clientHome(chosen, "CODEX_HOME", ".codex")).toBe(join(base, "box/.codex"))
  })
})
