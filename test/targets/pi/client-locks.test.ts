import { expect, test } from "bun:test"
import { existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, utimesSync } from "node:fs"
import { dirname, join } from "node:path"
import { AimError } from "../../../src/system/errors.ts"
import { applyRecord } from "../../../src/targets/pi/apply.ts"
import { withPostLock } from "../../../src/targets/pi/client-locks.ts"
import { piTarget } from "../../../src/targets/pi/pi-target.ts"
import { otherHolder } from "../../support/dir-lock.ts"
import { homesAt } from "../codex/fixtures.ts"
import { entryOf, homeWith, recordOf, stampOf, textOf } from "./fixtures.ts"

function place() {
  const store = homeWith({ "openai-codex": entryOf("ws_2") })
  return { store, lock: `${store.file}.lock`, records: join(dirname(store.home), "records") }
}

function age(path: string, seconds: number): void {
  const at = new Date(Date.now() - seconds * 1_000)
  utimesSync(path, at, at)
}

test("Pi's one lock is held for the work, and gone after it, after work that failed too", async () => {
  const { store, lock, records } = place()
  await withPostLock(records, store, async () => {
    expect(existsSync(lock)).toBe(true)
    expect(readdirSync(records)).toHaveLength(1)
  })
  const broken = withPostLock(records, store, () => Promise.reject(new Error("broken")))
  await expect(broken).rejects.toThrow("broken")
  expect([existsSync(lock), readdirSync(records)]).toEqual([false, []])
})

test("it stands beside the real file of a link, and in a home that is not there yet", async () => {
  const { store, records } = place()
  renameSync(store.file, join(store.home, "real.json"))
  symlinkSync("real.json", store.file)
  const beside = join(store.home, "real.json.lock")
  expect(await withPostLock(records, store, async () => existsSync(beside))).toBe(true)
  const none = homeWith(undefined)
  const deep = { ...none, file: join(none.home, "a", "auth.json") }
  expect(await withPostLock(records, deep, async () => "done")).toBe("done")
})

test("aim waits for a Pi that has it, then goes on", async () => {
  const { store, lock, records } = place()
  const pi = otherHolder(lock)
  await pi.holds
  let entered = false
  const work = withPostLock(records, store, async () => {
    entered = true
  })
  await Bun.sleep(700)
  expect(entered).toBe(false)
  await pi.letGo()
  await work
  expect(entered).toBe(true)
})

test("one that nobody has touched for 30 s is taken over, a younger one is not", async () => {
  const { store, lock, records } = place()
  mkdirSync(lock)
  age(lock, 26)
  let entered = false
  const work = withPostLock(records, store, async () => {
    entered = true
  })
  await Bun.sleep(600)
  expect(entered).toBe(false)
  age(lock, 31)
  await work
  expect(entered).toBe(true)
})

test("a Pi that takes it over from an aim held up for long: nothing is written", async () => {
  const { store, lock, records } = place()
  const before = textOf(store)
  const stamp = await stampOf(store)
  const work = withPostLock(records, store, async () => {
    age(lock, 31)
    const pi = otherHolder(lock, { staleMs: 30_000 })
    await pi.holds
    await applyRecord(store, recordOf("ws_1"), stamp).finally(() => pi.letGo())
  })
  const error = await work.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(AimError)
  expect((error as AimError).problem).toMatchObject({
    code: "client_lock_lost",
    message: expect.stringContaining(lock),
  })
  expect(textOf(store)).toBe(before)
})

test("Pi writes under the lock that it posts under: inside of it there is none to take", async () => {
  const { store, lock } = place()
  const target = piTarget(homesAt(dirname(store.home)))
  const held = await target.withPostLock?.(store, () =>
    target.withClientLocks(store, async () => readdirSync(store.home)),
  )
  expect(held).toEqual(["auth.json", "auth.json.lock"])
  expect(existsSync(lock)).toBe(false)
})
