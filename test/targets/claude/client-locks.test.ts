import { describe, expect, test } from "bun:test"
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { AimError } from "../../../src/system/errors.ts"
import { applyRecord } from "../../../src/targets/claude/apply.ts"
import { withClientLocks, withPostLock } from "../../../src/targets/claude/client-locks.ts"
import { otherHolder } from "../../support/dir-lock.ts"
import { accountOf, homeWith, jsonAt, oauthOf, recordOf, stateFileOf } from "./fixtures.ts"

function place() {
  const store = homeWith({ claudeAiOauth: oauthOf("a") }, { oauthAccount: accountOf("a") })
  return {
    store,
    records: join(store.home, "..", "records"),
    refresh: join(store.home, ".oauth_refresh.lock"),
    legacy: `${store.home}.lock`,
    storage: join(store.home, ".storage-write.lock"),
    state: `${stateFileOf(store)}.lock`,
  }
}

type Place = ReturnType<typeof place>
const LOCKS = ["refresh", "legacy", "storage", "state"] as const

/** All four, as a switch takes them. */
function withAll<T>({ store, records }: Place, work: () => Promise<T>): Promise<T> {
  return withPostLock(records, store, () => withClientLocks(records, store, work))
}

async function problemOf(work: Promise<unknown>) {
  const error = await work.catch((thrown: unknown) => thrown)
  if (!(error instanceof AimError)) throw error
  return error.problem
}

function age(path: string, seconds: number): void {
  const at = new Date(Date.now() - seconds * 1000)
  utimesSync(path, at, at)
}

describe.concurrent("Claude Code's four locks", () => {
  test("are held together, and gone afterwards, after work that failed too", async () => {
    const here = place()
    const paths = LOCKS.map((name) => here[name])
    await withAll(here, async () => expect(paths.map(existsSync)).toEqual([true, true, true, true]))
    await expect(withAll(here, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken")
    expect(paths.map(existsSync)).toEqual([false, false, false, false])
    expect(readdirSync(here.records)).toEqual([])
    expect(readdirSync(here.store.home)).toEqual([".credentials.json"])
  })

  test("the post lock is the first two alone", async () => {
    const here = place()
    const found = () => Promise.resolve(LOCKS.map((name) => existsSync(here[name])))
    expect(await withPostLock(here.records, here.store, found)).toEqual([true, true, false, false])
    expect(await withClientLocks(here.records, here.store, found)).toEqual([
      false,
      false,
      true,
      true,
    ])
  })

  test.each([...LOCKS])("aim waits for the %s lock, then goes on", async (name) => {
    const here = place()
    const claude = otherHolder(here[name])
    await claude.holds
    let entered = false
    const work = withAll(here, async () => {
      entered = true
    })
    await Bun.sleep(700)
    expect(entered).toBe(false)
    // While another lock is somebody's, aim keeps nobody from the first.
    if (name !== "refresh") {
      const first = otherHolder(here.refresh)
      expect(await first.holds).toBe(true)
      await first.letGo()
    }
    await claude.letGo()
    await work
    expect(entered).toBe(true)
  })

  const stale: [(typeof LOCKS)[number], number][] = [
    ["refresh", 60],
    ["legacy", 60],
    ["storage", 15],
    ["state", 10],
  ]
  test.each(stale)(
    "the %s lock of nobody is taken over after %d s",
    async (name, seconds) => {
      const here = place()
      const claude = otherHolder(here[name], { touchMs: 0 })
      await claude.holds
      await claude.kill()
      age(here[name], seconds - 3)
      let entered = false
      const work = withAll(here, async () => {
        entered = true
      })
      await Bun.sleep(600)
      expect(entered).toBe(false)
      age(here[name], seconds + 1)
      await work
      expect(entered).toBe(true)
    },
    30_000,
  )

  test("those of a Claude that has died with them are taken at once", async () => {
    const here = place()
    const claude = otherHolder(here.refresh, { touchMs: 0 })
    await claude.holds
    await claude.kill()
    age(here.refresh, 8)
    const namespace = readlinkSync("/proc/self/ns/pid")
    const machine = "/etc/machine-id"
    const id = existsSync(machine) ? readFileSync(machine, "utf8").trim() : ""
    const owner = {
      pid: claude.pid,
      pidDomain: `linux:${id}:${namespace}`,
      pidSpace: `${hostname()}#${namespace}`,
      lockBirthtimeMs: lstatSync(here.refresh).birthtimeMs,
    }
    writeFileSync(join(here.store.home, ".oauth_refresh.lock.owner"), JSON.stringify(owner))
    const began = Date.now()
    expect(await withAll(here, () => Promise.resolve("done"))).toBe("done")
    expect(Date.now() - began).toBeLessThan(5_000)
    expect(readdirSync(here.store.home)).toEqual([".credentials.json"])
  })

  test("a Claude waits for aim's, however long the work", async () => {
    const here = place()
    const claude = await withPostLock(here.records, here.store, async () => {
      const waiting = otherHolder(here.refresh, { staleMs: 8_000 })
      expect(await Promise.race([waiting.holds, Bun.sleep(12_000)])).toBeUndefined()
      return waiting
    })
    expect(await claude.holds).toBe(true)
    await claude.letGo()
  })

  test("one that is kept for 20 s is given up, named with the way out", async () => {
    const here = place()
    const claude = otherHolder(here.storage)
    await claude.holds
    const began = Date.now()
    const problem = await problemOf(withAll(here, () => Promise.resolve()))
    expect(Date.now() - began).toBeWithin(20_000, 28_000)
    expect(problem.code).toBe("client_lock_timeout")
    expect(problem.message).toContain(here.storage)
    expect(problem.hint).toContain(`rmdir ${here.storage}`)
    expect([here.refresh, here.legacy].map(existsSync)).toEqual([false, false])
    await claude.letGo()
  })

  test.each([...LOCKS])(
    "when the %s lock was taken over meanwhile, nothing is written",
    async (name) => {
      const here = place()
      const stamp = null
      const problem = await problemOf(
        withAll(here, async () => {
          age(here[name], 61)
          const claude = otherHolder(here[name])
          await claude.holds
          const empty = { ...here.store, file: join(here.store.home, "none") }
          const work = applyRecord(empty, null, recordOf("b"), stamp)
          await work.finally(() => claude.letGo())
        }),
      )
      expect(problem.code).toBe("client_lock_lost")
      expect(problem.message).toContain(here[name])
      expect(readdirSync(here.store.home)).toEqual([".credentials.json"])
      expect(jsonAt(stateFileOf(here.store))).toEqual({ oauthAccount: accountOf("a") })
    },
  )

  test("where the legacy one can't be made, Claude Code goes on without it, and so does aim", async () => {
    const here = place()
    const deep = { ...here.store, realHome: here.store.realHome }
    const file = `${here.store.home}.lock`
    await Bun.write(file, "not a folder")
    age(file, 61)
    const held = withPostLock(here.records, deep, () => Promise.resolve(existsSync(here.refresh)))
    expect(await held).toBe(true)
    expect(statSync(file).isFile()).toBe(true)
    expect(existsSync(here.refresh)).toBe(false)
    expect(() => rmdirSync(here.refresh)).toThrow()
  })
})
