import { describe, expect, test } from "bun:test"
import { browserStatus, loginStatus } from "../../../src/operations/status/browser.ts"

const CHROME = { mode: "chrome-profile", userDataDir: "/chrome", profileDirectory: "Default" }
const AGENT = { mode: "agent-browser", agentBrowserProfile: "/p", agentBrowserSession: "s" }
const NOTHING = {
  userDataDir: null,
  profileDirectory: null,
  agentBrowserProfile: null,
  agentBrowserSession: null,
}

describe("how a label logs in", () => {
  test("is not said where nothing is stored", () => {
    expect(loginStatus({})).toBeUndefined()
    expect(loginStatus({ reauth: { mode: " " } })).toBeUndefined()
  })

  test.each([
    [
      { reauth: { mode: "manual-callback" }, browser: CHROME },
      { mode: "manual-callback", bindingPresent: false },
    ],
    [{ reauth: { mode: "browser-managed" } }, { mode: "browser-managed", bindingPresent: false }],
    [
      { reauth: { mode: " browser-managed " }, browser: CHROME },
      { mode: "browser-managed", bindingPresent: true, binding: { ...NOTHING, ...CHROME } },
    ],
  ])("is its mode, with the browser where one is bound: %j", (account, login) => {
    expect(loginStatus(account)).toEqual(login as never)
  })
})

describe("a label's browser", () => {
  test.each([
    [{ mode: "aim-profile" }, "/home/.aimgr/browser/boss/user-data"],
    [CHROME, "/chrome"],
    [AGENT, "/p"],
  ])("lies where its binding says, and nobody has looked: %j", (browser, resolvedPath) => {
    expect(browserStatus({ browser }, "boss", "/home/.aimgr")).toMatchObject({
      bindingPresent: true,
      exists: null,
      mode: browser.mode,
      resolvedPath,
      resolvedMode: browser.mode,
    })
  })

  test("without a whole binding is none, but what is stored is shown", () => {
    const browser = {
      mode: "chrome-profile",
      seededFromOpenclawProfileId: "oc",
      seededAt: " 2026 ",
      verifiedAt: 7,
    }
    expect(browserStatus({ browser }, "boss", "/home/.aimgr")).toEqual({
      bindingPresent: false,
      exists: false,
      mode: "chrome-profile",
      seededFromOpenclawProfileId: "oc",
      seededAt: "2026",
      verifiedAt: null,
      resolvedPath: null,
      resolvedMode: null,
    })
    expect(browserStatus({ browser: null }, "boss", "/x")).toMatchObject({ mode: null })
  })
})
