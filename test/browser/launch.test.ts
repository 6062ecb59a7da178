import { describe, expect, test } from "bun:test"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type LaunchPlace, launchLines, openPage } from "../../src/browser/launch.ts"
import { profileRoots } from "../../src/browser/products.ts"
import type { BrowserBinding } from "../../src/domain/browser/binding.ts"
import { tempFolder } from "../support/temp-folder.ts"

const URL = "https://example.test/login?a=1"
const NONE: Omit<BrowserBinding, "mode"> = {
  userDataDir: null,
  profileDirectory: null,
  agentBrowserProfile: null,
  agentBrowserSession: null,
}
const place = (platform: "linux" | "darwin"): LaunchPlace => ({
  platform,
  home: "/h",
  config: null,
  aimProfile: "/h/.aimgr/browser/boss/user-data",
  agentDir: "/h/.agent-browser",
  env: {},
})
const chrome = (userDataDir: string, profileDirectory: string | null): BrowserBinding => ({
  ...NONE,
  mode: "chrome-profile",
  userDataDir,
  profileDirectory,
})
const first = (binding: BrowserBinding, platform: "linux" | "darwin" = "linux") =>
  launchLines(binding, URL, place(platform))[0]

const MAC = "/h/Library/Application Support"
const FLATPAK = "/h/.var/app"
const flatpak = (name: string) => ["flatpak", "run", name]
const app = (name: string) => ["open", "-n", "-a", name, "--args"]

describe("a page is opened", () => {
  test.each<["linux" | "darwin", string, string[]]>([
    ["linux", "/h/.config/google-chrome", ["google-chrome-stable"]],
    ["linux", "/h/.config/google-chrome-beta", ["google-chrome-beta"]],
    ["linux", "/h/.config/google-chrome-canary", ["google-chrome-canary"]],
    ["linux", "/h/.config/chromium", ["chromium"]],
    ["linux", "/h/.config/BraveSoftware/Brave-Browser", ["brave-browser"]],
    ["linux", "/h/.config/microsoft-edge", ["microsoft-edge-stable"]],
    ["linux", `${FLATPAK}/com.google.Chrome/config/google-chrome`, flatpak("com.google.Chrome")],
    ["linux", `${FLATPAK}/org.chromium.Chromium/config/chromium`, flatpak("org.chromium.Chromium")],
    [
      "linux",
      `${FLATPAK}/com.brave.Browser/config/BraveSoftware/Brave-Browser`,
      flatpak("com.brave.Browser"),
    ],
    ["linux", `${FLATPAK}/com.microsoft.Edge/config/microsoft-edge`, flatpak("com.microsoft.Edge")],
    ["linux", "/h/snap/chromium/common/chromium", ["/snap/bin/chromium"]],
    ["linux", "/h/snap/brave/current/.config/BraveSoftware/Brave-Browser", ["/snap/bin/brave"]],
    ["linux", "/elsewhere/of-nobody", ["google-chrome-stable"]],
    ["darwin", `${MAC}/Google/Chrome`, app("Google Chrome")],
    ["darwin", `${MAC}/Google/Chrome Beta`, app("Google Chrome Beta")],
    ["darwin", `${MAC}/Google/Chrome Canary`, app("Google Chrome Canary")],
    ["darwin", `${MAC}/Chromium`, app("Chromium")],
    ["darwin", `${MAC}/BraveSoftware/Brave-Browser`, app("Brave Browser")],
    ["darwin", `${MAC}/Microsoft Edge`, app("Microsoft Edge")],
    ["darwin", "/elsewhere/of-nobody", app("Google Chrome")],
  ])("on %s in %s by its own browser", (platform, dir, start) => {
    expect(first(chrome(dir, "Profile 1"), platform)).toEqual([
      ...start,
      `--user-data-dir=${dir}`,
      "--profile-directory=Profile 1",
      "--no-first-run",
      URL,
    ])
    expect(first(chrome(dir, null), platform)).toEqual([
      ...start,
      `--user-data-dir=${dir}`,
      "--no-first-run",
      URL,
    ])
  })

  test("the table above has every place", () => {
    const roots = (["linux", "darwin"] as const).flatMap((platform) =>
      profileRoots(platform, "/h", null),
    )
    expect(roots).toHaveLength(18)
    for (const { dir } of roots) {
      expect(
        launchLines(chrome(dir, null), URL, place(dir.startsWith(MAC) ? "darwin" : "linux")),
      ).not.toEqual([])
    }
  })

  test("in the label's own profile by any browser there is, always in one order", () => {
    const lines = launchLines({ ...NONE, mode: "aim-profile" }, URL, place("linux"))
    expect(lines.map(([program]) => program).slice(0, 2)).toEqual([
      "google-chrome-stable",
      "google-chrome",
    ])
    const apps = launchLines({ ...NONE, mode: "aim-profile" }, URL, place("darwin"))
    expect(apps.map((line) => line[3])).toEqual([
      ...["Google Chrome", "Google Chrome Beta", "Google Chrome Canary"],
      ...["Chromium", "Brave Browser", "Microsoft Edge"],
    ])
    for (const line of [...lines, ...apps])
      expect(line).toContain(`--user-data-dir=${place("linux").aimProfile}`)
  })

  test("in an agent-browser session with its own profile, never the default one", () => {
    const binding: BrowserBinding = {
      ...NONE,
      mode: "agent-browser",
      agentBrowserProfile: "/p",
      agentBrowserSession: "boss",
    }
    expect(launchLines(binding, URL, place("linux"))).toEqual([
      ["agent-browser", "--session", "boss", "--profile", "/p", "--headed", "open", URL],
    ])
    expect(launchLines({ ...binding, agentBrowserSession: null }, URL, place("linux"))).toEqual([])
  })
})

describe("macOS's `open`", () => {
  /** An `open` first on PATH that knows one application. */
  function openThatKnows(known: string) {
    const bin = tempFolder("open")
    const script = `#!/bin/sh\necho "$3" >> '${bin}/asked'\n[ "$3" = '${known}' ]\n`
    writeFileSync(join(bin, "open"), script, { mode: 0o755 })
    const there: LaunchPlace = {
      ...place("darwin"),
      home: bin,
      env: { PATH: `${bin}:/usr/bin:/bin` },
    }
    return { there, asked: () => readFileSync(join(bin, "asked"), "utf8").trim().split("\n") }
  }

  test("is asked for the next application where one is not there", async () => {
    const { there, asked } = openThatKnows("Chromium")
    const opened = await openPage({ ...NONE, mode: "aim-profile" }, URL, there)
    expect(opened).toMatchObject({ kind: "opened" })
    expect(asked()).toEqual([
      ...["Google Chrome", "Google Chrome Beta", "Google Chrome Canary", "Chromium"],
    ])
  })

  test("is asked for no other one than the bound profile's", async () => {
    const { there, asked } = openThatKnows("Chromium")
    const dir = `${there.home}/Library/Application Support/Microsoft Edge`
    expect(await openPage(chrome(dir, null), URL, there)).toEqual({
      kind: "no_browser",
      tried: ["Microsoft Edge"],
    })
    expect(asked()).toEqual(["Microsoft Edge"])
  })
})
