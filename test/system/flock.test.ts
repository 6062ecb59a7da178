import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { chmodSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { AimError } from "../../src/system/errors.ts"
import { withFlock } from "../../src/system/flock.ts"

let folder = ""
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "aim-flock-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

const fresh = (name: string) => join(mkdtempSync(join(folder, "t-")), name)

/** Whether another program can take the lock at this moment. */
const free = (path: string) => Bun.spawnSync(["flock", "-n", path, "true"]).exitCode === 0

/** Another program that holds the lock until it is told to end. */
async function foreignHolder(path: string) {
  const child = Bun.spawn(["flock", "-x", path, "cat"], { stdin: "pipe", stdout: "pipe" })
  child.stdin.write("x")
  child.stdin.flush()
  await child.stdout.getReader().read()
  return {
    letGo: async () => {
      child.stdin.end()
      await child.exited
    },
  }
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof AimError ? error.problem.code : String(error)),
  )

describe.each([["ffi"], ["child"]] as const)("withFlock by %s", (way) => {
  test("holds the lock for the work, and no longer", async () => {
    const path = fresh("auth.lock")
    const value = await withFlock(path, { way }, async () => {
      expect(free(path)).toBe(false)
      return 7
    })
    expect(value).toBe(7)
    expect(free(path)).toBe(true)
  })

  test("makes the file 0600 and leaves an existing one as it is", async () => {
    const made = fresh("auth.lock")
    await withFlock(made, { way }, async () => {})
    expect(statSync(made).mode & 0o777).toBe(0o600)
    const there = fresh("auth.lock")
    writeFileSync(there, "kept")
    chmodSync(there, 0o644)
    await withFlock(there, { way }, async () => {})
    expect(statSync(there).mode & 0o777).toBe(0o644)
    expect(statSync(there).size).toBe(4)
  })

  test("lets go when the work fails, and passes its error on", async () => {
    const path = fresh("auth.lock")
    const boom = new Error("boom")
    await expect(
      withFlock(path, { way }, async () => {
        throw boom
      }),
    ).rejects.toBe(boom)
    await withFlock(path, { way }, async () => {})
  })

  test("one at a time within this process", async () => {
    const path = fresh("auth.lock")
    let inside = 0
    let most = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await Bun.sleep(5)
      inside -= 1
    }
    await Promise.all(
      Array.from({ length: 5 }, () => withFlock(path, { way, nonBlockingRetryMs: 1 }, work)),
    )
    expect(most).toBe(1)
  })

  test("waits for another program without stopping the event loop", async () => {
    const path = fresh("auth.lock")
    const foreign = await foreignHolder(path)
    let ticks = 0
    const ticking = setInterval(() => {
      ticks += 1
      if (ticks === 5) foreign.letGo()
    }, 5)
    await withFlock(path, { way }, async () => {})
    clearInterval(ticking)
    expect(ticks).toBeGreaterThanOrEqual(5)
  })

  test("gets the lock of a program that was killed", async () => {
    const path = fresh("auth.lock")
    const child = Bun.spawn(["flock", "--no-fork", "-x", path, "cat"], {
      stdin: "pipe",
      stdout: "pipe",
    })
    child.stdin.write("x")
    child.stdin.flush()
    await child.stdout.getReader().read()
    child.kill("SIGKILL")
    await withFlock(path, { way }, async () => {})
  })

  test("gives up after its wait, and leaves nothing behind that could take the lock", async () => {
    const path = fresh("auth.lock")
    const foreign = await foreignHolder(path)
    const work = withFlock(path, { way, waitMs: 60 }, async () => {
      throw new Error("must not run")
    })
    expect(await codeOf(work)).toBe("client_lock_timeout")
    await foreign.letGo()
    expect(free(path)).toBe(true)
  })

  test("says what is wrong with a file that can't be opened", async () => {
    const work = withFlock(join(folder, "no-folder", "auth.lock"), { way }, async () => {})
    expect(await codeOf(work)).toBe("client_lock_unusable")
  })
})

test("a lock on a file that was replaced meanwhile binds nobody, so the new one is taken", async () => {
  const path = fresh("auth.lock")
  const foreign = await foreignHolder(path)
  const waiting = withFlock(path, { way: "ffi", nonBlockingRetryMs: 1 }, async () => free(path))
  renameSync(path, `${path}.old`)
  writeFileSync(path, "")
  expect(await waiting).toBe(false)
  await foreign.letGo()
})

test("kill -9 frees the lock, whichever way it was held", async () => {
  const source = join(import.meta.dir, "../../src/system/flock.ts")
  for (const way of ["ffi", "child"]) {
    const path = fresh("auth.lock")
    const script = `
      const { withFlock } = await import(${JSON.stringify(source)})
      await withFlock(${JSON.stringify(path)}, { way: "${way}" }, async () => {
        console.log("held")
        await Bun.sleep(60_000)
      })`
    const child = Bun.spawn([process.execPath, "-e", script], { stdout: "pipe" })
    await child.stdout.getReader().read()
    expect(free(path)).toBe(false)
    child.kill("SIGKILL")
    await child.exited
    await withFlock(path, { way: "ffi" }, async () => {})
  }
})
