import { describe, expect, test } from "bun:test"
import { browserBinding, loginDetail } from "../../../src/domain/browser/binding.ts"
import type { JsonObject } from "../../../src/domain/login.ts"

describe("a browser binding", () => {
  test.each<[string, JsonObject, string | null]>([
    ["none", {}, null],
    ["null", { browser: null }, null],
    ["aim's own profile", { browser: { mode: "aim-profile" } }, "aim-profile"],
    ["Chrome", { browser: { mode: "chrome-profile", userDataDir: "/c" } }, "chrome-profile"],
    ["Chrome without a folder", { browser: { mode: "chrome-profile" } }, null],
    [
      "agent-browser",
      { browser: { mode: "agent-browser", agentBrowserProfile: "/a", agentBrowserSession: "s" } },
      "agent-browser",
    ],
    [
      "agent-browser without a session",
      { browser: { mode: "agent-browser", agentBrowserProfile: "/a" } },
      null,
    ],
    ["another mode", { browser: { mode: "lynx" } }, null],
  ])("%s", (_name, account, mode) =>
    expect(browserBinding(account)?.mode ?? null).toBe(mode as "aim-profile" | null),
  )
})

test.each<[string, JsonObject, string | null]>([
  ["no mode", {}, null],
  ["by hand", { reauth: { mode: "manual-callback" } }, "manual_mode"],
  ["no binding", { reauth: { mode: "browser-managed" } }, "binding_missing_for_future_reauth"],
  [
    "seeded",
    {
      reauth: { mode: "browser-managed" },
      browser: { mode: "aim-profile", seededAt: "2026-01-01T00:00:00Z" },
    },
    "seeded_unverified",
  ],
  [
    "seeded and seen to work",
    {
      reauth: { mode: "browser-managed" },
      browser: { mode: "aim-profile", seededAt: "x", verifiedAt: "y" },
    },
    null,
  ],
])("beside ready: %s", (_name, account, detail) => expect(loginDetail(account)).toBe(detail))
