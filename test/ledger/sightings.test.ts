import { describe, expect, test } from "bun:test"
import { DAY, MINUTE } from "../../src/system/time.ts"
import { freshLedger } from "./temp-ledger.ts"
import { NOON } from "./temp-ledger-values.ts"

describe("sight", () => {
  const cases: [string, [string, string, number][], number][] = [
    ["the first sight begins now", [["home", "a", NOON]], NOON],
    [
      "the same pair keeps its beginning",
      [
        ["home", "a", 0],
        ["home", "a", NOON],
      ],
      0,
    ],
    [
      "another pair begins anew",
      [
        ["home", "a", 0],
        ["home", "b", NOON],
      ],
      NOON,
    ],
    [
      "a pair that came back begins anew",
      [
        ["home", "a", 0],
        ["home", "b", 1],
        ["home", "a", 2],
      ],
      2,
    ],
    [
      "another store has its own",
      [
        ["home", "a", 0],
        ["other", "a", NOON],
      ],
      NOON,
    ],
    [
      "a clock set back begins anew",
      [
        ["home", "a", NOON],
        ["home", "a", NOON - 1],
      ],
      NOON - 1,
    ],
    [
      "a sighting that is renewed each day keeps its beginning",
      [
        ["home", "a", 0],
        ["home", "a", DAY],
        ["home", "a", 2 * DAY + MINUTE],
      ],
      0,
    ],
  ]
  test.each(cases)("%s", (_, sights, since) => {
    const ledger = freshLedger()
    const answers = sights.map(([store, hash, now]) => ledger.sight(store, hash, now))
    expect(answers.at(-1)).toBe(since)
  })
})
