import { expect, test } from "bun:test"
import { constants } from "node:fs"
import { open } from "node:fs/promises"
import { join } from "node:path"
import { tempFolder } from "../support/temp-folder.ts"

const FIXTURE = join(import.meta.dir, "../fixtures/stream.ts")
/** More than any pipe holds. */
const BYTES = 4_000_000

test("a signal lets the piece of a stream arrive that is under way, then says the last word", async () => {
  const pipe = join(tempFolder("stream"), "pipe")
  await Bun.$`mkfifo ${pipe}`
  const child = Bun.spawn(
    ["sh", "-c", 'exec "$0" "$1" "$2" >"$3"', process.execPath, FIXTURE, String(BYTES), pipe],
    {
      stderr: "pipe",
    },
  )
  const reader = await open(pipe, constants.O_RDONLY)
  const told = child.stderr.getReader()
  const next = async () => new TextDecoder().decode((await told.read()).value)
  expect(await next()).toBe("begun\n")
  child.kill("SIGTERM")
  expect(await next()).toBe("seen\n")
  let arrived = 0
  for await (const bytes of reader.createReadStream()) arrived += bytes.length
  expect(arrived).toBe(BYTES + 1)
  expect(await next()).toBe("ended\n")
  expect(await child.exited).toBe(143)
})
