import { describe, expect, test } from "bun:test"
import { bindingRecord, browserRequest } from "../../../src/domain/browser/request.ts"
import { AimError } from "../../../src/system/errors.ts"

const CHROME = { "user-data-dir": "/home/me/.config/google-chrome" }
const AGENT = { profile: "/home/me/agent", session: "boss" }

describe("what `browser set` takes", () => {
  test.each([
    [{ mode: "aim-profile" }, { mode: "aim-profile", seedFrom: null }],
    [{ mode: "AIM_PROFILE" }, { mode: "aim-profile", seedFrom: null }],
    [
      { mode: "1", "seed-from-openclaw": "boss" },
      { mode: "aim-profile", seedFrom: "boss" },
    ],
    [
      { mode: "chrome", ...CHROME },
      { mode: "chrome-profile", userDataDir: CHROME["user-data-dir"], profileDirectory: null },
    ],
    [
      { mode: "2", ...CHROME, "profile-directory": "Profile 1" },
      {
        mode: "chrome-profile",
        userDataDir: CHROME["user-data-dir"],
        profileDirectory: "Profile 1",
      },
    ],
    [
      { mode: "agent_browser_profile", ...AGENT },
      { mode: "agent-browser", ...AGENT },
    ],
    [
      { mode: "agent", ...AGENT, profile: `${AGENT.profile}//` },
      { mode: "agent-browser", ...AGENT },
    ],
    [{ mode: "manual_callback" }, { mode: "manual-callback" }],
  ])("%j", (flags, request) => expect(browserRequest(flags)).toEqual(request as never))

  test.each<[Record<string, string | undefined>, string, string]>([
    [{}, "missing_flag", "--mode"],
    [{ mode: "safari" }, "invalid_value", "no mode"],
    [{ mode: "generic-chrome" }, "invalid_value", "never just some Chrome"],
    [{ mode: "chrome" }, "missing_flag", "--user-data-dir"],
    [{ mode: "chrome", "user-data-dir": "./here" }, "invalid_value", "absolute"],
    [{ mode: "chrome", ...CHROME, "profile-directory": "../x" }, "invalid_value", "own name"],
    [{ mode: "chrome", ...CHROME, session: "x" }, "unexpected_flag", "--session"],
    [{ mode: "agent", profile: "/p" }, "missing_flag", "--session"],
    [{ mode: "agent", ...AGENT, profile: "boss" }, "invalid_value", "absolute"],
    [{ mode: "agent", ...AGENT, session: "default" }, "invalid_value", "without one"],
    [{ mode: "agent", ...AGENT, session: "a b" }, "invalid_value", "letters"],
    [{ mode: "agent", ...AGENT, "profile-directory": "x" }, "unexpected_flag", "profile-directory"],
    [{ mode: "aim", profile: "/p" }, "unexpected_flag", "--profile"],
    [{ mode: "aim", "seed-from-openclaw": ".." }, "invalid_value", "own name"],
    [{ mode: "manual-callback", "user-data-dir": "/x" }, "unexpected_flag", "user-data-dir"],
  ])("%j is refused", (flags, code, says) => {
    const refuse = () => browserRequest({ mode: undefined, ...flags })
    expect(refuse).toThrow(AimError)
    expect(refuse).toThrow(says)
    try {
      refuse()
    } catch (error) {
      expect([(error as AimError).problem.code, (error as AimError).exit]).toEqual([code, 2])
    }
  })
})

test.each([
  [{ mode: "manual-callback" }, { browser: null, reauthMode: "manual-callback" }],
  [
    { mode: "aim-profile", seedFrom: "x" },
    {
      browser: { mode: "aim-profile", seededFromOpenclawProfileId: "x" },
      reauthMode: "browser-managed",
    },
  ],
  [
    { mode: "chrome-profile", userDataDir: "/d", profileDirectory: null },
    { browser: { mode: "chrome-profile", userDataDir: "/d" }, reauthMode: "browser-managed" },
  ],
  [
    { mode: "agent-browser", profile: "/p", session: "s" },
    {
      browser: { mode: "agent-browser", agentBrowserProfile: "/p", agentBrowserSession: "s" },
      reauthMode: "browser-managed",
    },
  ],
] as const)("%j is stored under the reference's keys", (request, record) => {
  expect(bindingRecord(request)).toEqual(record)
})
