import { describe, expect, test } from "bun:test"
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs"
import { dirname, join } from "node:path"
import { withClientLocks } from "../../../src/targets/codex/client-locks.ts"
import { authOf, homeWith, storeIn, tempFolder } from "./fixtures.ts"

/** Another program that holds a lock as Codex does, until its input ends. */
async function holder(lock: string) {
  const child = Bun.spawn(["flock", lock, "sh", "-c", "echo held; cat >/dev/null"], {
    stdin: "pipe",
    stdout: "pipe",
  })
  const reader = child.stdout.getReader()
  expect(new TextDecoder().decode((await reader.read()).value)).toBe("held\n")
  return async () => {
    child.stdin.end()
    await child.exited
  }
}

/** Whether a competitor gets the lock at once. */
function isFree(lock: string): boolean {
  return Bun.spawnSync(["flock", "-n", lock, "true"]).exitCode === 0
}

describe("Codex's own locks", () => {
  test.each(["auth.lock", "auth.json.lock"])("aim waits for %s, then goes on", async (name) => {
    const store = homeWith(authOf("ws_1"))
    const letGo = await holder(join(store.home, name))
    let entered = false
    const work = withClientLocks(store, async () => {
      entered = true
      return "done"
    })
    await Bun.sleep(1_000)
    expect(entered).toBe(false)
    await letGo()
    expect(await work).toBe("done")
    expect(entered).toBe(true)
  })

  test("a Codex waits for both while aim holds them, and not after", async () => {
    const store = homeWith(authOf("ws_1"))
    const locks = ["auth.lock", "auth.json.lock"].map((name) => join(store.home, name))
    const during = await withClientLocks(store, async () => locks.map(isFree))
    expect(during).toEqual([false, false])
    expect(locks.map(isFree)).toEqual([true, true])
  })

  test("they are free again after work that failed", async () => {
    const store = homeWith(authOf("ws_1"))
    const work = withClientLocks(store, () => Promise.reject(new Error("broken")))
    await expect(work).rejects.toThrow("broken")
    expect(isFree(join(store.home, "auth.lock"))).toBe(true)
  })

  test("the second lies beside the file that a symlink resolves to, by that file's name", async () => {
    const store = homeWith(undefined)
    const other = join(dirname(store.home), "other")
    mkdirSync(other)
    symlinkSync("../other/boss.json", store.file)
    const during = await withClientLocks(store, async () => isFree(join(other, "boss.json.lock")))
    expect(during).toBe(false)
    expect(readdirSync(store.home).sort()).toEqual(["auth.json", "auth.lock"])
  })

  test("a home that is not there is made for them", async () => {
    const store = storeIn(join(tempFolder(), ".codex"))
    await withClientLocks(store, async () => expect(existsSync(store.file)).toBe(false))
    expect(statSync(store.home).mode & 0o777).toBe(0o700)
  })
})
