import { describe, expect, test } from "bun:test"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { findProfiles } from "../../src/browser/discover.ts"
import { type Platform, profileRoots } from "../../src/browser/products.ts"
import { parseLabel } from "../../src/domain/label.ts"
import { tempFolder } from "../support/temp-folder.ts"

/** Puts a profile of that name below a browser's folder. */
function profileAt(root: string, directory: string, info: unknown): void {
  mkdirSync(join(root, directory), { recursive: true })
  writeFileSync(
    join(root, "Local State"),
    JSON.stringify({ profile: { info_cache: { [directory]: info } } }),
  )
}

const BOSS_2 = parseLabel("boss-2")
const find = (home: string, platform: Platform = "linux", config: string | null = null) =>
  findProfiles({ platform, home, config, openclaw: join(home, ".openclaw") }, BOSS_2)

const MAC = "Library/Application Support"
const PLACES: [Platform, string, string][] = [
  ["linux", "Chrome", ".config/google-chrome"],
  ["linux", "Chrome Beta", ".config/google-chrome-beta"],
  ["linux", "Chrome Canary", ".config/google-chrome-canary"],
  ["linux", "Chromium", ".config/chromium"],
  ["linux", "Brave", ".config/BraveSoftware/Brave-Browser"],
  ["linux", "Edge", ".config/microsoft-edge"],
  ["linux", "Chrome (Flatpak)", ".var/app/com.google.Chrome/config/google-chrome"],
  ["linux", "Chromium (Flatpak)", ".var/app/org.chromium.Chromium/config/chromium"],
  ["linux", "Brave (Flatpak)", ".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser"],
  ["linux", "Edge (Flatpak)", ".var/app/com.microsoft.Edge/config/microsoft-edge"],
  ["linux", "Chromium (Snap)", "snap/chromium/common/chromium"],
  ["linux", "Brave (Snap)", "snap/brave/current/.config/BraveSoftware/Brave-Browser"],
  ["darwin", "Chrome", `${MAC}/Google/Chrome`],
  ["darwin", "Chrome Beta", `${MAC}/Google/Chrome Beta`],
  ["darwin", "Chrome Canary", `${MAC}/Google/Chrome Canary`],
  ["darwin", "Chromium", `${MAC}/Chromium`],
  ["darwin", "Brave", `${MAC}/BraveSoftware/Brave-Browser`],
  ["darwin", "Edge", `${MAC}/Microsoft Edge`],
]

describe("profiles of browsers", () => {
  test.each(PLACES)("%s %s", async (platform, source, dir) => {
    const home = tempFolder("browsers")
    profileAt(join(home, dir), "Profile 1", { name: "Work", user_name: "me@x.test" })
    expect(await find(home, platform)).toEqual([
      {
        source,
        userDataDir: join(home, dir),
        profileDirectory: "Profile 1",
        email: "me@x.test",
        person: null,
        name: "Work",
      },
    ])
    expect(await find(home, platform === "linux" ? "darwin" : "linux")).toEqual([])
  })

  test.each(PLACES)("%s %s: nameless, malformed and gone ones", async (platform, source, dir) => {
    const home = tempFolder("browsers")
    const root = join(home, dir)
    const unknown = { email: null, person: null, name: null }
    const found = async (text: string) => {
      writeFileSync(join(root, "Local State"), text)
      return find(home, platform)
    }
    profileAt(root, "Default", { name: " ", user_name: 7 })
    expect(await find(home, platform)).toEqual([
      { source, userDataDir: root, profileDirectory: "Default", ...unknown },
    ])
    for (const text of ["", "{ broken", "[]", '{"profile":{"info_cache":{"Gone":{}}}}'])
      expect(await found(text)).toEqual([])
    const both = { Default: { gaia_name: "Me" }, Broken: 7, "../out": { name: "out" } }
    expect(await found(JSON.stringify({ profile: { info_cache: both } }))).toEqual([
      { source, userDataDir: root, profileDirectory: "Default", ...unknown, person: "Me" },
    ])
  })

  test("the table above has every place", () => {
    const roots = (["linux", "darwin"] as const).flatMap((platform) =>
      profileRoots(platform, "/h", null).map(({ product, dir }) => [platform, product, dir]),
    )
    const listed = PLACES.map(([platform, source, dir]) => [platform, source, `/h/${dir}`])
    expect(new Set(roots.map(String))).toEqual(new Set(listed.map(String)))
  })

  test("are found where XDG_CONFIG_HOME puts them", async () => {
    const home = tempFolder("browsers")
    profileAt(join(home, "conf/chromium"), "Default", {})
    expect(await find(home, "linux", join(home, "conf"))).toHaveLength(1)
  })

  test.each([
    ["no JSON", "{ broken"],
    ["no object", "[]"],
    ["no profiles", "{}"],
    ["profiles of another kind", '{"profile":{"info_cache":["Default"]}}'],
    ["a profile of another kind", '{"profile":{"info_cache":{"Default":7}}}'],
    ["a name that leads out", '{"profile":{"info_cache":{"..":{}}}}'],
    ["a profile whose folder is gone", '{"profile":{"info_cache":{"Gone":{}}}}'],
  ])("a Local State with %s tells of none", async (_name, text) => {
    const home = tempFolder("browsers")
    const root = join(home, ".config/chromium")
    mkdirSync(join(root, "Default"), { recursive: true })
    writeFileSync(join(root, "Local State"), text)
    expect(await find(home)).toEqual([])
  })

  test("a nameless one is listed without a name", async () => {
    const home = tempFolder("browsers")
    profileAt(join(home, ".config/chromium"), "Default", { name: " ", user_name: 7 })
    expect(await find(home)).toMatchObject([{ name: null, email: null, person: null }])
  })
})

test("OpenClaw's profiles are told by who is signed in in each, also where Local State is broken", async () => {
  const home = tempFolder("browsers")
  const dir = (id: string) => join(home, ".openclaw/browser", id, "user-data")
  profileAt(dir("qa"), "Default", { name: "QA", user_name: "qa@x.test" })
  for (const id of ["broken", "new"]) mkdirSync(dir(id), { recursive: true })
  writeFileSync(join(dir("broken"), "Local State"), "{")
  writeFileSync(join(home, ".openclaw/browser/file"), "no folder")
  const unknown = { email: null, person: null, name: null }
  const shared = { source: "OpenClaw", profileDirectory: "Default" }
  expect(await find(home)).toEqual([
    { ...shared, userDataDir: dir("qa"), ...unknown, email: "qa@x.test", name: "QA" },
    { ...shared, userDataDir: dir("broken"), ...unknown },
    { ...shared, userDataDir: dir("new"), ...unknown },
  ])
})

test("a profile called like the label's agent is the label's as well", async () => {
  const home = tempFolder("browsers")
  for (const id of ["alpha", "agent-boss-2"])
    mkdirSync(join(home, ".openclaw/browser", id, "user-data"), { recursive: true })
  expect((await find(home))[0]?.userDataDir).toContain("agent-boss-2")
})

test("profiles called like the label come first, then OpenClaw's, then who is signed in", async () => {
  const home = tempFolder("browsers")
  profileAt(join(home, ".config/google-chrome"), "Default", { name: "Nobody" })
  profileAt(join(home, ".config/chromium"), "Default", { name: "x", user_name: "x@x.test" })
  profileAt(join(home, ".config/microsoft-edge"), "Default", { name: "Boss 2" })
  mkdirSync(join(home, ".openclaw/browser/qa/user-data"), { recursive: true })
  mkdirSync(join(home, ".openclaw/browser/boss2/user-data"), { recursive: true })
  mkdirSync(join(home, ".openclaw/browser/empty"), { recursive: true })
  const found = await find(home)
  expect(found.map(({ source, userDataDir }) => [source, userDataDir.split("/").at(-2)])).toEqual([
    ["OpenClaw", "boss2"],
    ["Edge", ".config"],
    ["OpenClaw", "qa"],
    ["Chromium", ".config"],
    ["Chrome", ".config"],
  ])
})
