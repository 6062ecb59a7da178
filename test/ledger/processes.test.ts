import { describe, expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { openLedger } from "../../src/ledger/open.ts"
import { codes, freshFile } from "./temp-ledger.ts"
import { BOSS, NOON } from "./temp-ledger-values.ts"

const WRITER = join(import.meta.dir, "writer.ts")
const HOLDER = join(import.meta.dir, "lock-holder.ts")

function start(...command: string[]) {
  return Bun.spawn(command, { stdin: "pipe", stdout: "pipe", stderr: "pipe" })
}

function write(file: string, name: string, count: number) {
  return start(process.execPath, WRITER, file, name, String(count))
}

/** What a writer says at its end: the codes of its warnings. */
function lastLine(out: string): unknown {
  return JSON.parse(out.trimEnd().split("\n").at(-1) ?? "")
}

/** Reads a child's output until `enough` says so; the child runs on. */
async function readUntil(
  child: ReturnType<typeof start>,
  enough: (text: string) => boolean,
): Promise<string> {
  const reader = child.stdout.getReader()
  const decoder = new TextDecoder()
  let text = ""
  while (!enough(text)) {
    const { value, done } = await reader.read()
    if (done) break
    text += decoder.decode(value, { stream: true })
  }
  reader.releaseLock()
  return text
}

test.each([
  ["no file", null, []],
  ["a broken file", "garbage".repeat(999), ["ledger_broken"]],
])(
  "four processes that begin at once on %s lose no row and see no lock",
  async (_, content, warned) => {
    const file = freshFile()
    if (content !== null) writeFileSync(file, content)
    const names = ["a", "b", "c", "d"]
    const outputs = await Promise.all(
      names.map(async (name) => {
        const child = write(file, name, 200)
        const [out, err, exit] = await Promise.all([
          new Response(child.stdout).text(),
          new Response(child.stderr).text(),
          child.exited,
        ])
        return { warnings: lastLine(out), err, exit }
      }),
    )
    expect(outputs).toEqual(names.map(() => ({ warnings: expect.any(Array), err: "", exit: 0 })))
    expect(outputs.flatMap(({ warnings }) => warnings)).toEqual(warned)
    const ledger = openLedger(file, { now: NOON })
    expect(ledger.receipts({ limit: 10_000 })).toHaveLength(800)
    expect(ledger.samples("openai-codex", 0, 10_000)).toHaveLength(800)
    expect(ledger.probeState(BOSS).consecutiveFailures).toBe(800)
    for (const name of names)
      expect(ledger.lastReceipt(name)?.receipt).toMatchObject({ number: 199 })
    expect(codes(ledger)).toEqual([])
    ledger.close()
  },
)

test("a writer killed at once leaves all that it had kept, and the next one goes on", async () => {
  const file = freshFile()
  let kept = 0
  for (let round = 0; round < 3; round++) {
    const child = write(file, `round-${round}`, 1_000_000)
    const text = await readUntil(child, (text) => text.split("\n").length > 50)
    child.kill("SIGKILL")
    await child.exited
    const said = text.split("\n").length - 1
    kept += said
    const ledger = openLedger(file, { now: NOON })
    expect(codes(ledger)).toEqual([])
    expect(ledger.lastReceipt(`round-${round}`)?.receipt.number).toBeGreaterThanOrEqual(said - 1)
    expect(ledger.receipts({ limit: 1_000_000 }).length).toBeGreaterThanOrEqual(kept)
    ledger.addReceipt(NOON, { action: "after", status: "noop" }, null)
    expect(codes(ledger)).toEqual([])
    ledger.close()
  }
})

describe("a ledger that another process keeps locked", () => {
  async function lockedFile() {
    const file = freshFile()
    const before = openLedger(file, { now: NOON })
    before.cool(BOSS, NOON + 1, "before")
    const holder = start(process.execPath, HOLDER, file)
    await readUntil(holder, (text) => text.includes("held"))
    const release = async () => {
      await holder.stdin.end()
      await holder.exited
    }
    return { file, before, release }
  }

  test("is replaced by a copy in memory, and gets what was written once it is free", async () => {
    const { file, before, release } = await lockedFile()
    const ledger = openLedger(file, { now: NOON, waitMs: 20 })
    expect(codes(ledger)).toEqual([])
    const receipt = { action: "codex_use", status: "noop" }
    expect(ledger.addReceipt(NOON, receipt, null)).toBeGreaterThan(0)
    expect(codes(ledger)).toEqual(["ledger_locked"])
    expect(ledger.warnings[0]?.message).toContain(file)
    ledger.endCooling(BOSS)
    ledger.tidy(NOON)
    expect(ledger.lastReceipt("codex_use")).not.toBeNull()
    expect(ledger.coolingUntil(BOSS, NOON)).toBeNull()
    expect(before.lastReceipt("codex_use")).toBeNull()
    expect(before.coolingUntil(BOSS, NOON)).toBe(NOON + 1)
    await release()
    ledger.tidy(NOON)
    expect(before.lastReceipt("codex_use")).not.toBeNull()
    expect(before.coolingUntil(BOSS, NOON)).toBeNull()
    expect(before.receipts({ limit: 9 })).toHaveLength(1)
    ledger.addReceipt(NOON, { action: "later", status: "noop" }, null)
    expect(before.lastReceipt("later")).not.toBeNull()
    expect(codes(ledger)).toEqual(["ledger_locked"])
  })

  test("gets what was written at the latest when the ledger is closed", async () => {
    const { file, before, release } = await lockedFile()
    const ledger = openLedger(file, { now: NOON, waitMs: 0 })
    ledger.cool(BOSS, NOON + 2, "locked")
    await release()
    ledger.close()
    expect(before.coolingUntil(BOSS, NOON)).toBe(NOON + 2)
  })

  test("can still be closed, which then gives up what was written", async () => {
    const { file, before, release } = await lockedFile()
    const ledger = openLedger(file, { now: NOON, waitMs: 0 })
    ledger.cool(BOSS, NOON + 2, "locked")
    ledger.close()
    await release()
    expect(before.coolingUntil(BOSS, NOON)).toBe(NOON + 1)
  })
})

test("a disk that takes no more bytes is one warning, and the command goes on", async () => {
  const file = freshFile()
  // The shell's limit on file sizes is a full disk that needs no mount.
  const script = `trap '' XFSZ; ulimit -f 200; exec "$0" "$@"`
  const child = start("bash", "-c", script, process.execPath, WRITER, file, "a", "2000")
  const [out, err, exit] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  expect({ warnings: lastLine(out), err, exit }).toEqual({
    warnings: ["ledger_unusable"],
    err: "",
    exit: 0,
  })
  const ledger = openLedger(file, { now: NOON })
  expect(ledger.receipts({ limit: 9 }).length).toBeGreaterThan(0)
  expect(codes(ledger)).toEqual([])
})
