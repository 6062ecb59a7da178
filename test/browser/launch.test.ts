import { describe, expect, test } from "bun:test"
import { type LaunchPlace, launchLines } from "../../src/browser/launch.ts"
import type { BrowserBinding } from "../../src/domain/browser-binding.ts"

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

describe("a page is opened", () => {
  test.each([
    ["/h/.config/google-chrome", ["google-chrome-stable"]],
    ["/h/.config/chromium", ["chromium"]],
    ["/h/.config/BraveSoftware/Brave-Browser", ["brave-browser"]],
    ["/h/.config/microsoft-edge", ["microsoft-edge-stable"]],
    [
      "/h/.var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser",
      ["flatpak", "run", "com.brave.Browser"],
    ],
    ["/h/snap/chromium/common/chromium", ["/snap/bin/chromium"]],
    ["/elsewhere/of-nobody", ["google-chrome-stable"]],
  ])("from %s by its own browser", (dir, start) => {
    expect(first(chrome(dir, "Profile 1"))).toEqual([
      ...start,
      `--user-data-dir=${dir}`,
      "--profile-directory=Profile 1",
      "--no-first-run",
      URL,
    ])
  })

  test("on macOS through `open`, by the browser that the folder belongs to", () => {
    const dir = "/h/Library/Application Support/BraveSoftware/Brave-Browser"
    expect(first(chrome(dir, null), "darwin")).toEqual([
      ...["open", "-n", "-a", "Brave Browser", "--args"],
      ...[`--user-data-dir=${dir}`, "--no-first-run", URL],
    ])
  })

  test("in the label's own profile by any browser there is, always in one order", () => {
    const lines = launchLines({ ...NONE, mode: "aim-profile" }, URL, place("linux"))
    expect(lines.map(([program]) => program).slice(0, 2)).toEqual([
      "google-chrome-stable",
      "google-chrome",
    ])
    for (const line of lines) expect(line).toContain(`--user-data-dir=${place("linux").aimProfile}`)
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
