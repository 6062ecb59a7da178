import { describe, expect, test } from "bun:test"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import type { Readback } from "../../../src/domain/store.ts"
import { adoptForeign } from "../../../src/operations/capture/adopt-foreign.ts"
import {
  foreignFinding,
  isForeign,
  keepForeignFile,
  quarantineForeign,
} from "../../../src/operations/capture/foreign-login.ts"
import { login } from "../../domain/logins.ts"
import { openPoolWorld } from "../../support/pool-world.ts"
import { modeOf, pictureOf, thrownBy } from "../../vault/temp-vault.ts"

const LOGIN: Readback = { kind: "login", login: login("r1"), stamp: "s" }
const UNMANAGED: Readback = { kind: "unmanaged", what: "an API key", stamp: "s" }
const READBACKS: [Readback, known: boolean, foreign: boolean][] = [
  [LOGIN, false, true],
  [LOGIN, true, false],
  [UNMANAGED, false, true],
  [{ kind: "absent" }, false, false],
  [{ kind: "blank", stamp: "s" }, false, false],
  [{ kind: "unreadable", problem: { code: "x", message: "x" } }, false, false],
]

describe("a login is foreign that belongs to no label", () => {
  test.each(READBACKS.map(([readback, ...rest]) => [readback.kind, readback, ...rest] as const))(
    "%s",
    (_kind, readback, known, foreign) => expect(isForeign(readback, known)).toBe(foreign),
  )
})

describe("a switch stops before it", () => {
  test("and says whose it is and what the ways on are", async () => {
    await using world = await openPoolWorld([])
    const store = await world.store()
    expect(foreignFinding(world.target, store, LOGIN)).toEqual({
      kind: "codex_target_unmanaged_login",
      system: "codex-cli",
      detail: `${store.file} holds a login of no label: boss@example.com (user u1, workspace acct-1)`,
      hint: "`aim codex use --adopt <label>` keeps it as a label, `aim codex use --replace-unmanaged` puts a copy aside and replaces it",
    })
    expect(foreignFinding(world.target, store, UNMANAGED)).toMatchObject({
      detail: `${store.file} holds a login that aim does not manage (an API key)`,
      hint: "`aim codex use --replace-unmanaged` puts a copy aside and replaces it",
    })
  })
})

describe("the copy of a foreign login file", () => {
  test("is private, whole, made once for each content, and touches nothing in the home", async () => {
    await using world = await openPoolWorld()
    await world.login("boss", { dir: world.codexHome })
    const before = pictureOf(world.codexHome)
    const keep = async () => keepForeignFile(world.pool, world.target, await world.store())
    const copy = String(await keep())
    expect(copy).toStartWith(join(world.pool.vault.paths.dir, "replaced", "codex-auth-"))
    expect(readFileSync(copy, "utf8")).toBe(
      readFileSync(join(world.codexHome, "auth.json"), "utf8"),
    )
    expect([modeOf(copy), modeOf(join(copy, ".."))]).toEqual([0o600, 0o700])
    expect(pictureOf(world.codexHome)).toEqual(before)
    writeFileSync(join(copy, "..", ".codex-auth-x.json.aim-tmp-0123456789ab"), "half a copy")
    expect(await keep()).toBe(copy)
    await world.login("boss", { dir: world.codexHome })
    expect(await keep()).not.toBe(copy)
    expect(readdirSync(join(copy, ".."))).toHaveLength(2)
  })

  test("is of the Keychain item where the client keeps its login there", async () => {
    await using world = await openPoolWorld()
    const target = { ...world.target, heldText: async () => "an item" }
    const copy = await keepForeignFile(world.pool, target, await world.store())
    expect(readFileSync(String(copy), "utf8")).toBe("an item")
  })

  test("is none of a file that is not there", async () => {
    await using world = await openPoolWorld()
    expect(await keepForeignFile(world.pool, world.target, await world.store())).toBeNull()
  })
})

test("a stranger's pair is kept in quarantine under no label; an API key is no pair", () => {
  const { quarantine } = quarantineForeign(EMPTY_DOCUMENT, LOGIN, "ab12")
  expect(quarantine).toMatchObject([{ id: "ab12", label: null, reason: "replaced_unmanaged" }])
  expect(quarantineForeign(EMPTY_DOCUMENT, UNMANAGED, "ab12")).toBe(EMPTY_DOCUMENT)
})

describe("`--adopt`", () => {
  test("makes the login of no label a label, after a copy of its file is kept", async () => {
    await using world = await openPoolWorld()
    await world.login("boss", { dir: world.codexHome })
    const adopted = await adoptForeign(world.pool, world.target, await world.store(), "Guest")
    expect(adopted).toEqual({
      label: "guest",
      store: world.codexHome,
      reason: "adopted",
      keptAt: expect.stringContaining("/replaced/codex-auth-"),
    })
    const { refresh_token } = await world.held()
    expect(readFileSync(String(adopted.keptAt), "utf8")).toContain(refresh_token)
    expect(await world.stored("guest")).toBe(refresh_token)
  })

  test("of what is no login, or under a command's name, stops and keeps nothing", async () => {
    await using world = await openPoolWorld()
    const store = await world.store()
    const adopt = (label: string) => adoptForeign(world.pool, world.target, store, label)
    expect(await thrownBy(adopt("guest"))).toMatchObject({ problem: { code: "no_login_in_home" } })
    await world.login("boss", { dir: world.codexHome })
    expect(await thrownBy(adopt("status"))).toMatchObject({ problem: { code: "reserved_label" } })
    expect(readdirSync(world.pool.vault.paths.dir)).not.toContain("replaced")
  })
})
