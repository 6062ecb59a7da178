import { describe, expect, test } from "bun:test"
import { DAY, MINUTE } from "../../src/system/time.ts"
import { freshLedger } from "./temp-ledger.ts"
import { NOON } from "./temp-ledger-values.ts"

/** A store, a pair, the time awake since the boot, and the time of day and the boot where they matter. */
type Sight = [store: string, hash: string, ms: number, at?: number, of?: string]

describe("sight", () => {
  const cases: [string, Sight[], number][] = [
    ["the first sight begins now", [["home", "a", 7]], 7],
    [
      "the same pair keeps its beginning",
      [
        ["home", "a", 0],
        ["home", "a", 9],
      ],
      0,
    ],
    [
      "another pair begins anew",
      [
        ["home", "a", 0],
        ["home", "b", 9],
      ],
      9,
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
        ["other", "a", 9],
      ],
      9,
    ],
    [
      "another boot begins anew, however long that one lasts",
      [
        ["home", "a", 1, NOON, "first"],
        ["home", "a", 9, NOON, "second"],
      ],
      9,
    ],
    [
      "a clock of a boot that goes back begins anew",
      [
        ["home", "a", 9],
        ["home", "a", 8],
      ],
      8,
    ],
    [
      "a time of day that is set says nothing",
      [
        ["home", "a", 1, NOON],
        ["home", "a", 2, NOON + DAY],
        ["home", "a", 3, NOON - DAY],
      ],
      1,
    ],
    [
      "a sighting that is renewed each day keeps its beginning",
      [
        ["home", "a", 0, NOON],
        ["home", "a", DAY, NOON + DAY],
        ["home", "a", 2 * DAY + MINUTE, NOON + 2 * DAY + MINUTE],
      ],
      0,
    ],
  ]
  test.each(cases)("%s", (_, sights, since) => {
    const ledger = freshLedger()
    const answers = sights.map(([store, hash, ms, at = NOON, of = "boot"]) =>
      ledger.sight(store, hash, { of, ms }, at),
    )
    expect(answers.at(-1)).toBe(since)
  })
})
