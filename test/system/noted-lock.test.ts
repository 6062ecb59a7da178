import { afterAll, describe, expect, test } from "bun:test"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Note, notesBeside, takeNoted } from "../../src/system/noted-lock.ts"

const folder = mkdtempSync(join(tmpdir(), "noted-locks-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let used = 0
const freshName = () => `watch-${++used}`

const take = (name: string, since: number | null = null) =>
  takeNoted(folder, name, notesBeside(folder, name), since)

/** Another process that has the lock, until it is told to end or is killed. */
async function holder(name: string) {
  const script = join(import.meta.dir, "noted-lock-holder.ts")
  const child = Bun.spawn([process.execPath, script, folder, name], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  })
  const { value } = await child.stdout.getReader().read()
  expect(JSON.parse(new TextDecoder().decode(value))).toEqual({ held: true })
  return {
    pid: child.pid,
    end: async () => {
      child.stdin.end()
      await child.exited
    },
    kill: async () => {
      child.kill("SIGKILL")
      await child.exited
    },
  }
}

async function isFree(name: string, since: number | null = null): Promise<boolean> {
  const taken = await take(name, since)
  if (taken.held) await taken.release()
  return taken.held
}

describe("a lock with a note of its holder", () => {
  test("names who has it and since when that process runs", async () => {
    const name = freshName()
    const before = Date.now()
    const other = await holder(name)
    const taken = await take(name)
    if (taken.held) throw new Error("taken twice")
    expect(taken.by?.pid).toBe(other.pid)
    expect(taken.by?.startedAt).toBeGreaterThan(before - 1_000)
    expect(taken.by?.startedAt).toBeLessThanOrEqual(Date.now())
    await other.end()
    expect(await isFree(name)).toBe(true)
  })

  test("names one that a busy machine has kept from noting itself for a second", async () => {
    const name = freshName()
    const other = await holder(name)
    const notes = notesBeside(folder, name)
    const began = performance.now()
    const read = () => (performance.now() - began < 1_500 ? null : notes.read())
    const taken = await takeNoted(folder, name, { ...notes, read })
    expect(taken).toMatchObject({ held: false, by: { pid: other.pid } })
    await other.end()
  })

  test("is free at once when its holder was killed, whatever the note says", async () => {
    const name = freshName()
    const other = await holder(name)
    await other.kill()
    expect(existsSync(join(folder, `${name}.json`))).toBe(true)
    expect(await isFree(name, 0)).toBe(true)
  })

  test("counts as held where another ended under it since then", async () => {
    const name = freshName()
    const other = await holder(name)
    const during = Date.now()
    await other.end()
    expect(await take(name, during)).toMatchObject({
      held: false,
      by: { pid: other.pid },
    })
    expect(await isFree(name, Date.now() + 1)).toBe(true)
    expect(await isFree(name)).toBe(true)
  })

  test("given back by one that failed is noted without an end: it stands in for nobody", async () => {
    const noted: Note[] = []
    const notes = { read: () => null, write: (note: Note) => void noted.push(note) }
    const taken = await takeNoted(folder, freshName(), notes)
    if (taken.held) await taken.release(false)
    expect(noted.map(({ endedAt }) => endedAt)).toEqual([null])
  })

  test("does not count what this process itself did", async () => {
    const name = freshName()
    const since = Date.now()
    expect(await isFree(name, since)).toBe(true)
    expect(await isFree(name, since)).toBe(true)
  })

  test("is not given away for an end in the future: the clock was set back", async () => {
    const name = freshName()
    const note = { pid: 1, startedAt: 0, start: 0, boot: null, endedAt: Date.now() + 60_000 }
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(note))
    expect(await isFree(name, Date.now())).toBe(true)
  })

  test.each(["", "{", "[]", '{"pid":"1"}', "null"])(
    "can be had beside the note %p",
    async (note) => {
      const name = freshName()
      writeFileSync(join(folder, `${name}.json`), note)
      expect(await isFree(name, 0)).toBe(true)
    },
  )

  test("whose note can't be written is a lock all the same", async () => {
    const name = freshName()
    rmSync(join(folder, `${name}.json`), { recursive: true, force: true })
    await Bun.write(join(folder, `${name}.json`, "in-the-way"), "")
    const taken = await take(name)
    expect(taken.held).toBe(true)
    if (taken.held) await taken.release()
  })
})
