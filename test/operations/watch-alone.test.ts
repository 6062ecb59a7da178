import { describe, expect, test } from "bun:test"
import { WATCH_DEFAULTS } from "../../src/operations/watch/options.ts"
import { watchAlone, watchLock } from "../../src/operations/watch-alone.ts"
import { counted, NO_LOOKS } from "../../src/operations/watch-tally.ts"
import { notesBeside, takeNoted } from "../../src/system/noted-lock.ts"
import { openPoolWorld } from "../support/pool-world.ts"

const OWN_PID = process.pid

describe("a look that is alone", () => {
  test("decides, and gives its lock back, whatever comes of it", async () => {
    await using world = await openPoolWorld()
    await world.label("boss", { dir: world.codexHome })
    const { pool, target } = world
    const look = () => watchAlone(pool, target, WATCH_DEFAULTS, Date.now())
    expect((await look()).receipt.decision?.reason).not.toBe("another_watch_running")
    expect((await look()).receipt.decision?.reason).not.toBe("another_watch_running")
  })

  test("that fails has decided nothing, which it leaves for another one to do", async () => {
    await using world = await openPoolWorld()
    await world.label("boss", { dir: world.codexHome })
    const { pool, target } = world
    const broken = { ...pool, vault: { ...pool.vault, read: () => Promise.reject(new Error("x")) } }
    const failing = watchAlone(broken, target, WATCH_DEFAULTS, Date.now())
    await expect(failing).rejects.toThrow("x")
    expect(pool.ledger.note(await watchLock(target, "tick"))).toMatchObject({ endedAt: null })
  })

  test("leaves it to who has the lock, by name, and writes nothing of it down", async () => {
    await using world = await openPoolWorld()
    await world.label("boss", { dir: world.codexHome })
    const { pool, target } = world
    const name = await watchLock(target, "tick")
    const script = `${import.meta.dir}/../system/noted-lock-holder.ts`
    const other = Bun.spawn(
      [process.execPath, script, pool.vault.paths.locks, name, `${pool.vault.paths.dir}/ledger.db`],
      {
        stdin: "pipe",
        stdout: "pipe",
      },
    )
    await other.stdout.getReader().read()
    const before = await world.text()
    const { ok, receipt, run } = await watchAlone(pool, target, WATCH_DEFAULTS, Date.now())
    expect({ ok, run, status: receipt.status }).toEqual({ ok: true, run: null, status: "noop" })
    expect(receipt.decision).toMatchObject({
      reason: "another_watch_running",
      numbers: { pid: other.pid, startedAt: expect.stringContaining("T") },
    })
    expect(other.pid).not.toBe(OWN_PID)
    expect(await world.text()).toBe(before)
    expect(pool.ledger.lastReceipt("codex_watch")).toBeNull()
    other.stdin.end()
    await other.exited
  })

  test("is of one client and one home, and a loop's lock is another one", async () => {
    await using world = await openPoolWorld()
    const { pool, target } = world
    const names = await Promise.all(
      pool.targets.flatMap((each) => [watchLock(each, "tick"), watchLock(each, "loop")]),
    )
    expect(new Set(names).size).toBe(names.length)
    const { locks } = pool.vault.paths
    const name = await watchLock(target, "loop")
    const loop = await takeNoted(locks, name, notesBeside(locks, name))
    expect(loop.held).toBe(true)
    const { receipt } = await watchAlone(pool, target, WATCH_DEFAULTS, Date.now())
    expect(receipt.decision?.reason).not.toBe("another_watch_running")
    if (loop.held) await loop.release()
  })
})

test("a tally counts looks, switches and failures, and knows how the last one was", async () => {
  await using world = await openPoolWorld()
  await world.label("boss", { dir: world.codexHome })
  const value = await watchAlone(world.pool, world.target, WATCH_DEFAULTS, Date.now())
  const moved = { ...value.receipt, status: "activated", currentLabelBefore: "qa" } as const
  const again = { ...moved, currentLabelBefore: moved.currentLabelAfter }
  const ticked = { kind: "ticked", nextInMs: 0 } as const
  const steps = [
    { ...ticked, value: { ...value, ok: true, receipt: moved } },
    { kind: "waiting", nextInMs: 0 } as const,
    { ...ticked, value: { ...value, ok: true, receipt: again } },
    { kind: "failed", error: new Error("no"), nextInMs: 0 } as const,
  ]
  expect(steps.reduce(counted, NO_LOOKS)).toEqual({
    ...{ looks: 3, switches: 1, failures: 1, fine: false },
  })
  const blocked = { ...ticked, value: { ...value, ok: false } }
  expect(counted(NO_LOOKS, blocked).fine).toBe(false)
  expect(counted(counted(NO_LOOKS, blocked), { ...ticked, value }).fine).toBe(value.ok)
})
