import { describe, expect, test } from "bun:test"
import { readingFrom } from "../../../src/providers/openai-codex/usage-reading.ts"

const AT = Date.parse("2026-11-20T10:00:00Z")
const seconds = (fromNow: number) => AT / 1000 + fromNow
const five = { used_percent: 42, limit_window_seconds: 18_000, reset_at: seconds(3_600) }
const week = { used_percent: 17.5, limit_window_seconds: 604_800, reset_at: seconds(86_400) }
const limit = (primary: unknown, secondary: unknown = null) => ({
  allowed: true,
  limit_reached: false,
  primary_window: primary,
  secondary_window: secondary,
})
const body = (change: object = {}) => ({
  plan_type: "plus",
  rate_limit: limit(five, week),
  ...change,
})
/** The reading as a reader of JSON text gets it: Infinity comes in as 1e999. */
const read = (value: object) =>
  readingFrom(JSON.parse(JSON.stringify(value).replaceAll('"1e999"', "1e999")), AT)
const windowsOf = (value: object) =>
  read(value)?.windows.map(({ kind, usedPercent }) => [kind, usedPercent]) ?? null

test("a whole reply is a whole reading", () => {
  const reading = read(
    body({
      user_id: "user-1",
      credits: { has_credits: true, unlimited: false, balance: "5.50", approx_local: [1, 2] },
      code_review_rate_limit: limit({ ...week, used_percent: 3 }),
      additional_rate_limits: [
        {
          limit_name: "GPT-5.3-Codex-Spark",
          metered_feature: "bengalfox",
          rate_limit: limit(five),
        },
      ],
    }),
  )
  expect(reading).toEqual({
    observedAt: AT,
    plan: "plus",
    windows: [
      { kind: "5h", usedPercent: 42, resetAt: AT + 3_600_000, lengthMinutes: 300, scope: null },
      {
        kind: "weekly",
        usedPercent: 17.5,
        resetAt: AT + 86_400_000,
        lengthMinutes: 10_080,
        scope: null,
      },
      {
        kind: "weekly:code review",
        usedPercent: 3,
        resetAt: AT + 86_400_000,
        lengthMinutes: 10_080,
        scope: "code review",
      },
      {
        kind: "5h:gpt-5.3-codex-spark",
        usedPercent: 42,
        resetAt: AT + 3_600_000,
        lengthMinutes: 300,
        scope: "GPT-5.3-Codex-Spark",
      },
    ],
    credits: { hasCredits: true, unlimited: false, balance: "5.50" },
    allowed: true,
    limitReached: false,
    source: "usage_endpoint",
  })
})

describe("a window is what its length says, wherever it stands", () => {
  const rows: [string, unknown, unknown, [string, number][]][] = [
    [
      "both",
      five,
      week,
      [
        ["5h", 42],
        ["weekly", 17.5],
      ],
    ],
    [
      "swapped",
      week,
      five,
      [
        ["weekly", 17.5],
        ["5h", 42],
      ],
    ],
    ["a week alone, in the first place", week, null, [["weekly", 17.5]]],
    ["five hours alone, in the second", null, five, [["5h", 42]]],
    ["a little off", { ...five, limit_window_seconds: 17_940 }, null, [["5h", 42]]],
    ["a day", { ...five, limit_window_seconds: 86_400 }, null, [["1d", 42]]],
    ["a month", { ...five, limit_window_seconds: 2_592_000 }, null, [["30d", 42]]],
  ]
  test.each(rows)("%s", (_, primary, secondary, windows) => {
    expect(windowsOf(body({ rate_limit: limit(primary, secondary) }))).toEqual(windows)
  })
})

describe("a percent that is none drops its window, is never 0, and spoils no other", () => {
  const lies: unknown[] = [null, "42", "", -1, -0.001, 200.1, 1e9, "1e999", true, [[42]], {}]
  test.each(lies)("used_percent %p", (used_percent) => {
    expect(windowsOf(body({ rate_limit: limit({ ...five, used_percent }, week) }))).toEqual([
      ["weekly", 17.5],
    ])
  })

  test("nor does a missing one", () => {
    const { used_percent: _, ...bare } = five
    expect(windowsOf(body({ rate_limit: limit(week, bare) }))).toEqual([["weekly", 17.5]])
  })

  test.each([
    [0, 0],
    [100, 100],
    [100.4, 100],
    [150, 100],
  ])("but %p is read as %p", (used_percent, percent) => {
    expect(windowsOf(body({ rate_limit: limit({ ...five, used_percent }) }))).toEqual([
      ["5h", percent],
    ])
  })
})

test.each([null, "18000", 0, -18_000, 1, 1e12, "1e999", undefined])(
  "a length of %p is none, and its window is left out",
  (limit_window_seconds) => {
    expect(windowsOf(body({ rate_limit: limit({ ...five, limit_window_seconds }, week) }))).toEqual(
      [["weekly", 17.5]],
    )
  },
)

describe("a reset that can't be is none, and the window stays", () => {
  test.each([
    ["missing", undefined],
    ["null", null],
    ["a text", String(seconds(3_600))],
    ["milliseconds", AT + 3_600_000],
    ["zero", 0],
    ["negative", -1],
    ["gone by", seconds(-1)],
    ["this very moment", seconds(0)],
    ["far beyond the window", seconds(18_000 + 86_401)],
    ["endless", "1e999"],
  ])("%s", (_, reset_at) => {
    const reading = read(body({ rate_limit: limit({ ...five, reset_at }) }))
    expect(reading?.windows).toMatchObject([{ kind: "5h", usedPercent: 42, resetAt: null }])
  })

  test("a whole window away is fine", () => {
    const reading = read(body({ rate_limit: limit({ ...five, reset_at: seconds(18_000) }) }))
    expect(reading?.windows).toMatchObject([{ resetAt: AT + 18_000_000 }])
  })
})

describe("other limits", () => {
  const extra = (change: object) => ({
    limit_name: "Spark",
    metered_feature: "bengalfox",
    rate_limit: limit(five),
    ...change,
  })
  const rows: [string, unknown, string[]][] = [
    ["by name", [extra({})], ["5h:spark"]],
    ["by feature where the name is missing", [extra({ limit_name: null })], ["5h:bengalfox"]],
    ["by feature where the name is blank", [extra({ limit_name: " " })], ["5h:bengalfox"]],
    ["not without any name", [extra({ limit_name: 7, metered_feature: "" })], []],
    [
      "not with control characters",
      [extra({ limit_name: "\u001b[2J", metered_feature: null })],
      [],
    ],
    [
      "not with a name as long as a page",
      [extra({ limit_name: "x".repeat(81), metered_feature: null })],
      [],
    ],
    ["broken ones spoil no other", [null, 7, "x", {}, { rate_limit: [] }, extra({})], ["5h:spark"]],
    ["no list", { a: extra({}) }, []],
    ["endless", Array.from({ length: 51 }, () => extra({})), []],
  ]
  test.each(rows)("%s", (_, additional_rate_limits, kinds) => {
    const reading = read(body({ additional_rate_limits }))
    expect(reading?.windows.slice(2).map(({ kind }) => kind)).toEqual(kinds)
  })
})

describe("the other words", () => {
  test.each([
    ["plus", "plus"],
    [" self_serve_business_usage_based ", "self_serve_business_usage_based"],
    [null, null],
    [7, null],
    ["", null],
    ["a\nb", null],
    ["\u202eplus", null],
    ["x".repeat(81), null],
  ])("plan_type %p is %p", (plan_type, plan) => {
    expect(read(body({ plan_type }))?.plan).toBe(plan)
  })

  test.each([
    [null, null],
    ["rich", null],
    [{}, { hasCredits: false, unlimited: false, balance: null }],
    [
      { has_credits: "yes", unlimited: 1 },
      { hasCredits: false, unlimited: false, balance: null },
    ],
    [
      { has_credits: true, balance: 12.5 },
      { hasCredits: true, unlimited: false, balance: "12.5" },
    ],
    [
      { unlimited: true, balance: "<b>7</b>" },
      { hasCredits: false, unlimited: true, balance: null },
    ],
  ])("credits %j are %j", (credits, expected) => {
    expect(read(body({ credits }))?.credits).toEqual(expected as never)
  })

  test("allowed and limit_reached are yes, no or unknown", () => {
    const odd = { ...limit(five), allowed: "false", limit_reached: 1 }
    expect(read(body({ rate_limit: odd }))).toMatchObject({ allowed: null, limitReached: null })
  })
})

describe("a reply without any window", () => {
  const bare = (change: object) => ({ ...limit(null), ...change })
  const rows: [string, object, boolean][] = [
    ["is no reading", body({ rate_limit: bare({}) }), false],
    ["nor without a limit at all", body({ rate_limit: null }), false],
    ["nor an empty object", {}, false],
    ["nor one where everything is broken", body({ rate_limit: limit("x", 7) }), false],
    ["nor with credits that are used up", body({ rate_limit: null, credits: {} }), false],
    ["is one when the limit is reached", body({ rate_limit: bare({ limit_reached: true }) }), true],
    ["is one when work is not allowed", body({ rate_limit: bare({ allowed: false }) }), true],
    ["is one when credits pay", body({ rate_limit: null, credits: { has_credits: true } }), true],
    [
      "is one when nothing is limited",
      body({ rate_limit: null, credits: { unlimited: true } }),
      true,
    ],
  ]
  test.each(rows)("%s", (_, value, isReading) => {
    const reading = read(value)
    expect(reading !== null).toBe(isReading)
    expect(reading?.windows ?? []).toEqual([])
  })
})

test("whatever the reply, no window says less was used than the service said", () => {
  const odd: unknown[] = [null, undefined, -1, 0, 55, 1e308, "1e999", "55", true, [], {}, AT]
  for (const used_percent of odd) {
    for (const limit_window_seconds of odd) {
      for (const reset_at of odd) {
        const windows =
          read(body({ rate_limit: limit({ used_percent, limit_window_seconds, reset_at }) }))
            ?.windows ?? []
        for (const window of windows) {
          expect(window.usedPercent).toBe(used_percent as number)
          expect(window.resetAt === null || window.resetAt > AT).toBe(true)
        }
      }
    }
  }
})
