import { describe, expect, test } from "bun:test"
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { clearDeadOwner } from "../../../src/targets/claude/lock-owner.ts"
import { homeWith } from "./fixtures.ts"

const NAMESPACE = readlinkSync("/proc/self/ns/pid")
const MACHINE = existsSync("/etc/machine-id") ? readFileSync("/etc/machine-id", "utf8").trim() : ""

async function deadPid(): Promise<number> {
  const child = Bun.spawn(["true"])
  await child.exited
  return child.pid
}

/** Both refresh locks, untouched for this long, with a record that says what Claude Code would. */
async function left(owner: Record<string, unknown> = {}, seconds = 8) {
  const store = homeWith(undefined)
  const lock = join(store.home, ".oauth_refresh.lock")
  const legacy = `${store.home}.lock`
  for (const path of [lock, legacy]) {
    mkdirSync(path)
    const at = new Date(Date.now() - seconds * 1000)
    utimesSync(path, at, at)
  }
  const record = {
    pid: await deadPid(),
    procStart: "1",
    pidDomain: `linux:${MACHINE}:${NAMESPACE}`,
    pidSpace: `${hostname()}#${NAMESPACE}`,
    lockBirthtimeMs: lstatSync(lock).birthtimeMs,
    legacyLockBirthtimeMs: lstatSync(legacy).birthtimeMs,
    ...owner,
  }
  const file = join(store.home, ".oauth_refresh.lock.owner")
  writeFileSync(file, JSON.stringify(record))
  await clearDeadOwner(store, lock, legacy)
  return [lock, legacy, file].map(existsSync)
}

describe("the refresh locks of a Claude that has died", () => {
  test("are removed, with its record", async () => {
    expect(await left()).toEqual([false, false, false])
  })

  test("also when its process id is another's by now", async () => {
    expect(await left({ pid: process.pid, procStart: "1" })).toEqual([false, false, false])
  })

  test("stay for 7.5 s, in which a living one would have touched them", async () => {
    expect(await left({}, 6)).toEqual([true, true, true])
  })

  const kept: [string, Record<string, unknown>][] = [
    [
      "a living Claude",
      {
        pid: process.pid,
        procStart: readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ")[19],
      },
    ],
    ["a living one without a start", { pid: process.pid, procStart: undefined }],
    ["another machine", { pidDomain: `linux:other:${NAMESPACE}` }],
    ["another container", { pidSpace: "other#pid:[1]" }],
    ["another lock", { lockBirthtimeMs: 1 }],
    ["another legacy lock", { legacyLockBirthtimeMs: 1 }],
    ["no legacy lock", { legacyLockBirthtimeMs: undefined }],
    ["nobody", { pid: 1 }],
  ]
  test.each(kept)("stay for a record of %s", async (_, owner) => {
    expect(await left(owner)).toEqual([true, true, true])
  })
})
