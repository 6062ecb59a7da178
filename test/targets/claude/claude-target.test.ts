import { expect, test } from "bun:test"
import { dirname } from "node:path"
import { adoptLogin } from "../../../src/domain/login.ts"
import { claudeTarget } from "../../../src/targets/claude/claude-target.ts"
import {
  accountOf,
  homesAt,
  homeWith,
  LINUX,
  oauthOf,
  stateFileOf,
  tempFolder,
} from "./fixtures.ts"

test("a login goes from one home through a record into another and back, whole", async () => {
  const from = homeWith({ claudeAiOauth: oauthOf("a") }, { oauthAccount: accountOf("a") })
  const target = claudeTarget(homesAt(tempFolder()), LINUX)
  const source = await target.storeAt(dirname(from.home))
  const readback = await target.read(source)
  if (readback.kind !== "login") throw new Error(readback.kind)
  const record = adoptLogin(null, readback.login)
  const store = await target.primaryStore()
  const { against, ...found } = await target.obstacles(store)
  expect(found).toEqual({ blockers: [], warnings: [] })
  expect(against(record)).toEqual([])
  const write = () => target.withClientLocks(store, () => target.apply(store, record, null, 0))
  const applied = await (target.withPostLock?.(store, write) ?? write())
  expect(applied).toEqual({ kind: "applied", changed: [store.file, stateFileOf(store)] })
  expect(await target.verify(store, record)).toBeNull()
  const again = await target.read(store)
  expect(again.kind === "login" && again.login.identity).toEqual(readback.login.identity)
  expect(await Bun.file(store.file).text()).toBe(await Bun.file(from.file).text())
  expect(target.loginOf(record)?.identity).toEqual(readback.login.identity)
  expect(target.loginOf({ emailAddress: "a@example.com" })).toBeNull()
  expect(await target.describe(store)).toMatchObject({ holds: "login", accountId: "org-a" })
})

test("a process that has a file of the home open is a holder", async () => {
  const store = homeWith({ claudeAiOauth: oauthOf("a") })
  const target = claudeTarget(homesAt(dirname(store.home)), LINUX)
  const child = Bun.spawn(["sh", "-c", `exec 3<${store.file}; echo open; cat >/dev/null`], {
    stdin: "pipe",
    stdout: "pipe",
  })
  await child.stdout.getReader().read()
  const during = await target.holders(store)
  child.stdin.end()
  await child.exited
  expect(during.holders.map(({ pid }) => pid)).toContain(child.pid)
})
