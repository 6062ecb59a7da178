import { describe, expect, test } from "bun:test"
import type { BrowserView } from "../../src/operations/browser-show.ts"
import type { LabelView } from "../../src/operations/label-view.ts"
import { ACTIONS } from "../../src/panel/actions/registry.ts"
import { ACTION_IDS } from "../../src/panel/entry.ts"
import { menuOf } from "../../src/panel/menu.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"

const NO_BROWSER: BrowserView = {
  label: "boss",
  reauthMode: null,
  binding: null,
  resolvedPaths: null,
  exists: null,
  signedIn: null,
  warnings: [],
}
const BOUND: BrowserView = {
  ...NO_BROWSER,
  reauthMode: "browser-managed",
  binding: { mode: "aim-profile", userDataDir: "/own" },
  resolvedPaths: { userDataDir: "/own", profileDirectory: null },
  exists: true,
}
const MANUAL: BrowserView = { ...NO_BROWSER, reauthMode: "manual-callback" }
const NOBODY = { email: null, workspace: null }

function viewOf(change: Partial<LabelView>): LabelView {
  return {
    label: "boss",
    provider: "openai-codex",
    enabled: true,
    standing: "ready",
    readiness: { status: "ready", code: "ready", reason: "login is stored", mend: null },
    access: "valid",
    nativeBundle: null,
    browser: NO_BROWSER,
    imported: null,
    suggested: null,
    ownProfile: "/own",
    stored: NOBODY,
    expected: NOBODY,
    ...change,
  }
}

const ANY = ["show_details", "rename", "disable", "expect"]
const IMPORTED = ["show_details", "disable", "expect"]
const CHANGED = { source: "ssh://studio", changed: true }
const CHANGE = "change_browser_setup"
const SETUP = [
  "setup_agent_browser",
  "setup_aim_profile",
  "setup_chrome_profile",
  "setup_manual_callback",
  "device_login",
]
const CLAUDE = { provider: "anthropic", browser: null, nativeBundle: "missing" } as const
const USE = ["use_native_claude_label", "refresh_native_claude_bundle"]
const FILES = [
  "capture_native_claude",
  "import_native_claude_bundle",
  "export_live_native_claude_bundle",
]
type Row = [string, Partial<LabelView>, string[]]
const ROWS: Row[] = [
  ["setup", { standing: "setup" }, [...SETUP, ...ANY]],
  [
    "setup, out of the pool",
    { standing: "setup", enabled: false },
    [...SETUP, "show_details", "rename", "enable", "expect"],
  ],
  ["ready", {}, ["reauth_now", "device_login", CHANGE, ...ANY]],
  [
    "ready, bound",
    { browser: BOUND },
    ["open_browser", "reauth_now", "device_login", CHANGE, ...ANY],
  ],
  ["ready, by hand", { browser: MANUAL }, ["reauth_now", "device_login", CHANGE, ...ANY]],
  [
    "reauth, by hand",
    { standing: "reauth", browser: MANUAL },
    ["reauth_now", "device_login", CHANGE, ...ANY],
  ],
  [
    "reauth, bound",
    { standing: "reauth", browser: BOUND },
    ["reauth_now", "open_browser", "device_login", CHANGE, ...ANY],
  ],
  ["blocked", { standing: "blocked" }, ["reauth_now", "device_login", CHANGE, ...ANY]],
  [
    "blocked, bound",
    { standing: "blocked", browser: BOUND },
    ["open_browser", "reauth_now", "device_login", CHANGE, ...ANY],
  ],
  ["Claude, ready", { ...CLAUDE, nativeBundle: "complete" }, [...USE, ...FILES, ...ANY]],
  ["Claude, without its bundle", { ...CLAUDE, standing: "reauth" }, [...FILES, ...ANY]],
  [
    "imported",
    { imported: { source: "ssh://studio", changed: false } },
    ["reauth_now", "device_login", CHANGE, ...IMPORTED],
  ],
  [
    "imported, and has changed here",
    { imported: CHANGED, browser: BOUND },
    ["open_browser", "reauth_now", "device_login", CHANGE, "promote", ...IMPORTED],
  ],
  [
    "Claude, imported, and has changed here",
    { ...CLAUDE, nativeBundle: "complete", imported: CHANGED },
    [...USE, ...FILES, "promote", ...IMPORTED],
  ],
  [
    "Claude, blocked",
    { ...CLAUDE, nativeBundle: "complete", standing: "blocked", enabled: false },
    [...USE, ...FILES, "show_details", "rename", "enable", "expect"],
  ],
]

describe.each(ROWS)("the menu of a label that is %s", (_name, change, entries) => {
  const { choices } = menuOf(viewOf(change), PLAIN)

  test("has the entries of that kind, then the way out", () => {
    expect(choices.map(({ value }) => value)).toEqual([...entries, "done"] as never[])
  })

  test("is numbered from 1, and 0 is the way out", () => {
    expect(choices.map(({ key }) => key)).toEqual([...entries.map((_, at) => String(at + 1)), "0"])
    expect(choices.every(({ key }) => /^\d$/.test(key))).toBe(true)
  })

  test("has no two entries that begin with one letter", () => {
    const letters = choices.map(({ text }) => text.charAt(0).toLowerCase())
    expect(new Set(letters).size).toBe(letters.length)
  })
})

test("a suggested session stands beside the entry that would use it", () => {
  const suggested = {
    ...{ session: "boss", profile: "/p", agentId: "helper", signedIn: null, bind: "" },
    reason: "workspace-session-match" as const,
  }
  const { choices } = menuOf(viewOf({ standing: "setup", suggested }), PLAIN)
  expect(choices[0]?.details).toEqual(["suggested by OpenClaw's agent helper: session boss", "/p"])
})

test("every entry has what it does", () => {
  expect(Object.keys(ACTIONS).toSorted()).toEqual([...ACTION_IDS].toSorted())
})

describe("the header", () => {
  const header = (change: Partial<LabelView>) => menuOf(viewOf(change), PLAIN).header

  test("of a Claude label names its bundle, and no browser", () => {
    expect(header({ ...CLAUDE }).slice(3)).toEqual([
      "Stored tokens: valid",
      "Native bundle: missing",
    ])
  })

  test("of an imported label says where it came from", () => {
    const last = (imported: LabelView["imported"]) => header({ imported }).at(-1)
    expect(last(CHANGED)).toBe("Imported: from ssh://studio, changed here since")
    expect(last({ ...CHANGED, changed: false })).toBe("Imported: from ssh://studio")
  })

  test("of a ready label", () => {
    expect(header({ browser: BOUND })).toEqual([
      "boss - openai-codex",
      "Status: ready",
      "Why: login is stored",
      "ChatGPT login: valid",
      "Browser: aim-profile, /own",
    ])
  })

  test("names the command that mends, whoever is expected, and that nobody chooses it", () => {
    const mend = "aim login boss"
    const readiness = {
      status: "blocked" as const,
      code: "blocked",
      reason: "identity_mismatch",
      mend,
    }
    const expected = { email: "boss@example.test", workspace: "ws-1" }
    expect(header({ standing: "blocked", readiness, expected, enabled: false })).toEqual([
      "boss - openai-codex",
      "Status: blocked, taken out of the pool",
      "Why: the last login was another person's (aim login boss)",
      "ChatGPT login: valid",
      "Browser: none yet",
      "Expected: boss@example.test, workspace ws-1",
    ])
  })

  test("shows what another program has written as it is, but nothing that a terminal obeys", () => {
    const readiness = {
      status: "blocked" as const,
      code: "blocked",
      reason: "x\u001b[2Jy\n",
      mend: null,
    }
    expect(header({ readiness })[2]).toBe("Why: xy\ufffd")
  })

  test.each([
    [MANUAL, "none, the address is pasted"],
    [{ ...BOUND, exists: false }, "aim-profile, /own (is not there)"],
    [
      {
        ...BOUND,
        binding: { mode: "chrome-profile" as const, userDataDir: "/c", profileDirectory: "P 1" },
        resolvedPaths: { userDataDir: "/c", profileDirectory: "P 1" },
        signedIn: "boss@example.test",
      },
      "chrome-profile, /c/P 1, signed in: boss@example.test",
    ],
    [
      {
        ...BOUND,
        binding: { mode: "agent-browser" as const, profile: "/a", session: "boss" },
        resolvedPaths: { userDataDir: "/a", profileDirectory: null },
      },
      "agent-browser, session boss, /a",
    ],
  ])("sums a browser up", (browser: BrowserView, words) => {
    expect(header({ browser })[4]).toBe(`Browser: ${words}`)
  })
})
