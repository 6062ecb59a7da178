import { describe, expect, test } from "bun:test"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { binaryPath } from "../e2e/support/run-aim.ts"
import { answerOf } from "../support/reference-answer.ts"
import { REFERENCE_CASES } from "../support/reference-cases.ts"

/** The reference's own answers, taken from it by `AIM_PEER_AIMGR=<checkout> AIM_UPDATE_GOLDEN=1`. */
const GOLDEN = join(import.meta.dir, "../fixtures/reference-protocol.json")
const checkout = process.env.AIM_PEER_AIMGR?.trim() || undefined
const STAND_IN = [process.execPath, join(import.meta.dir, "../support/reference-stand-in.ts")]

const reference = checkout === undefined ? null : ["node", join(checkout, "bin/aimgr.js")]
if (reference !== null && process.env.AIM_UPDATE_GOLDEN === "1") {
  const answers = REFERENCE_CASES.map((each) => [each.name, answerOf(reference, each)])
  await writeFile(GOLDEN, `${JSON.stringify(Object.fromEntries(answers), null, 2)}\n`)
}
const golden = JSON.parse(await readFile(GOLDEN, "utf8"))

/** Who must answer a promotion as the reference does. */
const PROGRAMS: [who: string, argv: readonly string[]][] = [
  ["aim", [binaryPath("release")]],
  ["the stand-in", STAND_IN],
  ...(reference === null ? [] : [["the reference program", reference] as [string, string[]]]),
]

describe.each(PROGRAMS)("%s answers as the reference does", (_who, argv) => {
  test.each(REFERENCE_CASES.map((each) => [each.name, each] as const))("%s", (name, each) => {
    expect(answerOf(argv, each)).toEqual(golden[name])
  })
})

test("the golden answers are those of these cases", () => {
  expect(Object.keys(golden)).toEqual(REFERENCE_CASES.map(({ name }) => name))
})
