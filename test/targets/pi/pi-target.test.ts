import { describe, expect, test } from "bun:test"
import { symlinkSync } from "node:fs"
import { join } from "node:path"
import type { AimError } from "../../../src/system/errors.ts"
import { primaryStore, storeAt } from "../../../src/targets/pi/home.ts"
import { piTarget } from "../../../src/targets/pi/pi-target.ts"
import { homesAt } from "../codex/fixtures.ts"
import { entryOf, homeWith, recordOf, tempFolder } from "./fixtures.ts"

describe("Pi's home", () => {
  test("is ~/.pi/agent, or where PI_CODING_AGENT_DIR says", async () => {
    const user = tempFolder()
    expect(await primaryStore(homesAt(user))).toEqual({
      target: "pi",
      home: join(user, ".pi", "agent"),
      realHome: join(user, ".pi", "agent"),
      file: join(user, ".pi", "agent", "auth.json"),
      appState: null,
      primary: true,
    })
    const other = await primaryStore(homesAt(user, { PI_CODING_AGENT_DIR: join(user, "p") }))
    expect(other.file).toBe(join(user, "p", "auth.json"))
  })

  test("outside a chosen home is refused", async () => {
    const env = { PI_CODING_AGENT_DIR: "/elsewhere" }
    const homes = { ...homesAt(tempFolder(), env), sandboxed: true }
    await expect(primaryStore(homes)).rejects.toThrow("PI_CODING_AGENT_DIR")
    await expect(storeAt({ ...homes, env: {} }, "/elsewhere")).rejects.toMatchObject({
      problem: { code: "home_escape" },
    })
  })

  test("in a circle of symlinks is named", async () => {
    const user = tempFolder()
    symlinkSync("b", join(user, "a"))
    symlinkSync("a", join(user, "b"))
    const error = await storeAt(homesAt(user), "a").catch((thrown) => thrown)
    expect((error as AimError).problem.code).toBe("pi_home_unusable")
  })
})

describe("a home as it may be shown", () => {
  const described = (auth: unknown) => {
    const store = homeWith(auth)
    return piTarget(homesAt(store.home)).describe(store)
  }

  test("has the login's account and end, and no token", async () => {
    const view = await described({ "openai-codex": entryOf("ws_1"), x: { key: "CANARY" } })
    expect(view).toMatchObject({
      exists: true,
      holds: "login",
      authMode: "oauth",
      accountId: "ws_1",
      hasApiKey: false,
      mode: "0600",
      symlinkTarget: null,
      expiresAt: new Date(entryOf("ws_1").expires).toISOString(),
    })
    expect(JSON.stringify(view)).not.toContain("CANARY")
  })

  test.each([
    ["nothing", undefined, { exists: false, holds: "absent", authMode: null, mode: null }],
    ["others alone", { x: 1 }, { exists: true, holds: "blank", authMode: null }],
    [
      "an API key",
      { "openai-codex": { type: "api_key" } },
      { hasApiKey: true, authMode: "api_key" },
    ],
    ["half a file", "{", { holds: "unreadable", problem: { code: "pi_target_auth_unreadable" } }],
  ])("%s", async (_, auth, wanted) => {
    expect(await described(auth)).toMatchObject(wanted)
  })
})

test("a login goes from one home through a record into another, whole", async () => {
  const from = homeWith({ "openai-codex": entryOf("ws_1") })
  const target = piTarget(homesAt(tempFolder()))
  const readback = await target.read(from)
  if (readback.kind !== "login") throw new Error(readback.kind)
  const store = await target.primaryStore()
  await target.apply(store, readback.login.fields, null, 0)
  expect(await target.verify(store, readback.login.fields)).toBeNull()
  expect(await Bun.file(store.file).text()).toBe(await Bun.file(from.file).text())
  expect(target.loginOf(recordOf("ws_1"))?.identity.workspace).toBe("ws_1")
})
