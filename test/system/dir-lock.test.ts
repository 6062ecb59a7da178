import { describe, expect, test } from "bun:test"
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync, utimesSync } from "node:fs"
import { join } from "node:path"
import { isDirLockHeld, isDirLockLost, takeDirLock } from "../../src/system/dir-lock.ts"
import { recordLock } from "../../src/system/dir-lock-record.ts"
import { otherHolder } from "../support/dir-lock.ts"
import { tempFolder } from "../support/temp-folder.ts"

const AIM = join(import.meta.dir, "..", "support", "dir-lock-aim.ts")

function place() {
  const folder = tempFolder("dir-lock")
  const records = join(folder, "records")
  return { lock: { path: join(folder, "x.lock"), staleMs: 60_000 }, records }
}

/** Makes a lock look as if nobody had touched it for so long. */
function age(path: string, seconds: number): void {
  const at = new Date(Date.now() - seconds * 1000)
  utimesSync(path, at, at)
}

describe("a lock that is a folder", () => {
  test("keeps another program out until it is let go", async () => {
    const { lock, records } = place()
    const held = await takeDirLock(lock, records)
    const other = otherHolder(lock.path)
    expect(await Promise.race([other.holds, Bun.sleep(600)])).toBeUndefined()
    held?.release()
    expect(await other.holds).toBe(true)
    expect(await takeDirLock(lock, records)).toBeNull()
    await other.letGo()
    expect(existsSync(lock.path)).toBe(false)
    expect(readdirSync(records)).toEqual([])
  })

  test("of another that nobody touches any more is anybody's, not a second before", async () => {
    const { lock, records } = place()
    mkdirSync(lock.path)
    age(lock.path, 58)
    expect(await takeDirLock(lock, records)).toBeNull()
    age(lock.path, 61)
    const held = await takeDirLock(lock, records)
    expect(Date.now() - statSync(lock.path).mtimeMs).toBeLessThan(5_000)
    held?.release()
  })

  test("whose holder only slept with the machine stays its own", async () => {
    const { lock, records } = place()
    mkdirSync(lock.path)
    age(lock.path, 8 * 3600)
    setTimeout(() => age(lock.path, 0), 1_000)
    expect(await takeDirLock({ ...lock, watchMs: 3_000 }, records)).toBeNull()
    expect(existsSync(lock.path)).toBe(true)
  })

  test("that was touched before the clock was set back is anybody's once it is left alone", async () => {
    const { lock, records } = place()
    mkdirSync(lock.path)
    age(lock.path, -8 * 3600)
    setTimeout(() => age(lock.path, -8 * 3600 - 1), 1_000)
    expect(await takeDirLock({ ...lock, watchMs: 3_000 }, records)).toBeNull()
    expect(await isDirLockHeld(lock, records)).toBe(false)
    const held = await takeDirLock({ ...lock, watchMs: 500 }, records)
    expect(Date.now() - statSync(lock.path).mtimeMs).toBeLessThan(5_000)
    held?.release()
  })

  test("is kept fresh as long as it is held", async () => {
    const { lock, records } = place()
    const held = await takeDirLock({ ...lock, staleMs: 8_000 }, records)
    const other = otherHolder(lock.path, { staleMs: 8_000 })
    expect(await Promise.race([other.holds, Bun.sleep(17_000)])).toBeUndefined()
    expect(isDirLockLost(lock.path)).toBe(false)
    held?.release()
    await other.holds
    await other.letGo()
  })

  test("that another program took over is seen to be lost, and left to it", async () => {
    const { lock, records } = place()
    const held = await takeDirLock(lock, records)
    expect(isDirLockLost(lock.path)).toBe(false)
    age(lock.path, 61)
    const other = otherHolder(lock.path)
    await other.holds
    expect(isDirLockLost(lock.path)).toBe(true)
    held?.release()
    expect(existsSync(lock.path)).toBe(true)
    await other.letGo()
    expect(isDirLockLost(lock.path)).toBe(false)
  })

  test("that vanished, or another touched, is lost as well", async () => {
    const { lock, records } = place()
    const held = await takeDirLock(lock, records)
    rmdirSync(lock.path)
    expect(isDirLockLost(lock.path)).toBe(true)
    held?.release()
    const again = await takeDirLock(lock, records)
    age(lock.path, 1)
    expect(isDirLockLost(lock.path)).toBe(true)
    again?.release()
    expect(existsSync(lock.path)).toBe(true)
  })
})

describe("a lock that a killed aim has left", () => {
  test("is removed at once", async () => {
    const { lock, records } = place()
    await Bun.spawn([process.execPath, AIM, lock.path, records]).exited
    expect(existsSync(lock.path)).toBe(true)
    const began = Date.now()
    const held = await takeDirLock(lock, records)
    expect(held).not.toBeNull()
    // Nobody is waited for who may still touch it, which takes 8 s.
    expect(Date.now() - began).toBeLessThan(6_000)
    held?.release()
    expect(readdirSync(records)).toEqual([])
  })

  test("is left alone when another has taken it over since", async () => {
    const { lock, records } = place()
    await Bun.spawn([process.execPath, AIM, lock.path, records]).exited
    rmdirSync(lock.path)
    const other = otherHolder(lock.path)
    await other.holds
    expect(await takeDirLock(lock, records)).toBeNull()
    expect(existsSync(lock.path)).toBe(true)
    await other.letGo()
  })

  test("is told from a new one in its place, which may have the same inode", async () => {
    const { lock, records } = place()
    await Bun.spawn([process.execPath, AIM, lock.path, records]).exited
    rmdirSync(lock.path)
    mkdirSync(lock.path)
    expect(await takeDirLock(lock, records)).toBeNull()
    expect(existsSync(lock.path)).toBe(true)
  })

  test("is removed too if it died before it could say which it was, a touched one never", async () => {
    const { lock, records } = place()
    const script = `import {recordLock} from ${JSON.stringify(join(import.meta.dir, "../../src/system/dir-lock-record.ts"))}
      await recordLock(${JSON.stringify(records)}, ${JSON.stringify(lock.path)}); process.kill(process.pid, "SIGKILL")`
    const die = () => Bun.spawn([process.execPath, "-e", script]).exited
    await die()
    const other = otherHolder(lock.path)
    await other.holds
    expect(await takeDirLock(lock, records)).toBeNull()
    await other.letGo()
    await die()
    mkdirSync(lock.path)
    setTimeout(() => age(lock.path, 0), 3_000)
    expect(await takeDirLock(lock, records)).toBeNull()
    rmdirSync(lock.path)
    await die()
    mkdirSync(lock.path)
    const held = await takeDirLock(lock, records)
    expect(held).not.toBeNull()
    held?.release()
  })

  test("a living aim's notes stay", async () => {
    const { lock, records } = place()
    const note = await recordLock(records, lock.path)
    expect((await takeDirLock(lock, records))?.release()).toBeUndefined()
    expect(readdirSync(records)).toHaveLength(1)
    note.remove()
    expect(readdirSync(records)).toEqual([])
  })
})
