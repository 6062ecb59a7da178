import { expect, test } from "bun:test"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { reserveRoom, writeAtomic } from "../../src/system/files.ts"
import { tempFolder } from "../support/temp-folder.ts"

const file = () => join(tempFolder("room"), "note.json")
const roomOf = (path: string) => join(path, "..", ".note.json.aim-tmp-room")

test.each([
  ["shorter than the room", 100],
  ["as long as the room", 4096],
  ["longer than the room", 10_000],
])("what is %s takes the place that was reserved for it", async (_name, length) => {
  const path = file()
  await writeAtomic(path, "before")
  await reserveRoom(path, 4096)
  expect(statSync(roomOf(path))).toMatchObject({ size: 4096 })
  expect(statSync(roomOf(path)).mode & 0o777).toBe(0o600)
  const { ino } = statSync(roomOf(path))
  await writeAtomic(path, "ä".repeat(length / 2), { room: true })
  expect(readFileSync(path, "utf8")).toBe("ä".repeat(length / 2))
  expect(statSync(path)).toMatchObject({ ino, size: length })
  expect(readdirSync(join(path, ".."))).toEqual(["note.json"])
})

test("without a room it is a write like any other", async () => {
  const path = file()
  await writeAtomic(path, "after", { room: true })
  expect(readFileSync(path, "utf8")).toBe("after")
})

test("a write that does not ask for the room leaves it", async () => {
  const path = file()
  await reserveRoom(path, 10)
  await writeAtomic(path, "note")
  expect(readdirSync(join(path, "..")).sort()).toEqual([".note.json.aim-tmp-room", "note.json"])
})
