import { expect, test } from "bun:test"
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { adoptLogin } from "../../../src/domain/login.ts"
import { codexTarget } from "../../../src/targets/codex/codex-target.ts"
import { targetsFor } from "../../../src/targets/registry.ts"
import { authOf, homesAt, homeWith, tempFolder } from "./fixtures.ts"

const NO_MACHINE = "/nonexistent/etc/codex"

test("the registry names every target once", () => {
  const ids = targetsFor(homesAt("/h")).map(({ id }) => id)
  expect(ids).toEqual(["codex", "claude", "pi"])
})

test("a login goes from one home through a record into another and back, whole", async () => {
  const from = homeWith(authOf("ws_1"))
  const user = tempFolder()
  const target = codexTarget(homesAt(user), NO_MACHINE)
  const source = await target.storeAt(from.home)
  const readback = await target.read(source)
  if (readback.kind !== "login") throw new Error(readback.kind)
  const record = adoptLogin(null, readback.login)
  const store = await target.primaryStore()
  const { against, ...found } = await target.obstacles(store)
  expect(found).toEqual({ blockers: [], warnings: [] })
  expect(against(record)).toEqual([])
  const applied = await target.withClientLocks(store, () => target.apply(store, record, null, 0))
  expect(applied).toEqual({ kind: "applied", changed: [store.file] })
  expect(await target.verify(store, record)).toBeNull()
  const again = await target.read(store)
  expect(again).toMatchObject({ kind: "login" })
  expect(await target.verify(source, record)).toBeNull()
  const [text, original] = await Promise.all([store, from].map(({ file }) => Bun.file(file).text()))
  expect(text).toBe(original ?? "")
  expect(target.loginOf(record)?.identity).toEqual(readback.login.identity)
  expect(target.loginOf({ accountId: "ws_1" })).toBeNull()
  expect(await target.describe(store)).toMatchObject({ holds: "login", accountId: "ws_1" })
})

test("the client's own configuration and environment are seen", async () => {
  const user = tempFolder()
  mkdirSync(join(user, ".codex"))
  writeFileSync(join(user, ".codex", "config.toml"), 'forced_login_method = "api"')
  const target = codexTarget(homesAt(user, { CODEX_API_KEY: "x" }), NO_MACHINE)
  const found = await target.obstacles(await target.primaryStore())
  expect(found.blockers.map(({ code }) => code)).toEqual(["codex_forced_login_method"])
  expect(found.warnings.map(({ code }) => code)).toEqual(["codex_env_override"])
})

test("a process that has a file of the home open is a holder", async () => {
  const store = homeWith(authOf("ws_1"))
  const target = codexTarget(homesAt(dirname(store.home)), NO_MACHINE)
  const child = Bun.spawn(["sh", "-c", `exec 3<${store.file}; echo open; cat >/dev/null`], {
    stdin: "pipe",
    stdout: "pipe",
  })
  await child.stdout.getReader().read()
  const during = await target.holders(store)
  child.stdin.end()
  await child.exited
  expect(during.holders.map(({ pid }) => pid)).toContain(child.pid)
  expect((await target.holders(store)).holders.map(({ pid }) => pid)).not.toContain(child.pid)
})
