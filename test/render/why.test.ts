import { describe, expect, test } from "bun:test"
import { chooseLabel } from "../../src/domain/choice.ts"
import type { Why } from "../../src/operations/why.ts"
import { whyDocument, whyLines } from "../../src/render/why.ts"
import { aLabel, BUSY, five, NOW, reading, week } from "../domain/choice/input.ts"
import { PIPE, screen } from "./status/value.ts"

const HOUR = 3_600_000

function why(labels: Parameters<typeof aLabel>[], current: string | null): Why {
  const choice = chooseLabel({
    now: NOW,
    mode: "use",
    current,
    starting: true,
    next: false,
    refused: false,
    model: null,
    thresholds: { fivePct: 0, weeklyPct: 0 },
    burn: BUSY,
    labels: labels.map(([label, more]) => aLabel(label, more)),
  })
  return { target: "codex", current, choice, burn: BUSY, views: [] }
}

const POOL = why(
  [
    ["boss", { reading: reading([five(62, NOW + 2 * HOUR), week(48)]) }],
    ["gone", { ready: false, reading: null }],
    ["qa", { reading: reading([five(0), week(3, NOW + 30 * HOUR)]) }],
    ["spent", { reading: reading([five(100, NOW + HOUR), week(60)], { limitReached: true }) }],
  ],
  "boss",
)

test("the verdict names the client that it is of", () => {
  const [, , verdict] = whyLines({ ...why([["qa", {}]], null), target: "claude" }, NOW, PIPE).slice(
    1,
  )
  expect(verdict).toStartWith("Claude Code should start on `qa`")
})

describe("the terms of every label and the verdict", () => {
  test("at 80 columns", () => {
    expect(screen(whyLines(POOL, NOW, PIPE))).toMatchInlineSnapshot(`
      "
      label  serve  carry   5h  week  lasts   peak  pace  age
      boss   yes    no      38   416    57m    57m  0.54   0s  in use, too short
      gone   no     no      --    --     --     --    --   --  login not ready
      qa     yes    yes    100   776  2h30m  2h30m  3.23   0s
      spent  no     no       0   320     0s     0s  0.42   0s  limit reached

      Codex should move from \`boss\` to \`qa\`: best pace, with the most to use up before its reset.

      reason    best_pace_start
      boss      lasts 57m, 57m at peak, pace 0.54 % an hour
      qa        lasts 2h 30m, 2h 30m at peak, pace 3.23 % an hour (5.97 times)
      to carry  2h at the mean burn is asked for
      frees up  in 1h, the soonest of what is spent or cooling
      burn      40 units an hour, 40 at peak: measured over 5 stretches of use

      serve: may be chosen.  carry: lasts through the work that starts now.
      5h, week: units left, of which a 1x plan has 100 in 5h.  lasts, peak: at mean
      and peak burn.  pace: percent of the week an hour, to use it up by its reset.
      "
    `)
  })

  test("a narrow terminal leaves out what is needed least", () => {
    const lines = whyLines(POOL, NOW, { ...PIPE, width: 60 })
    expect(screen(lines.slice(0, 5))).toMatchInlineSnapshot(`
      "
      label   5h  week  lasts  pace
      boss    38   416    57m  0.54  in use, too short
      gone    --    --     --    --  login not ready
      qa     100   776  2h30m  3.23
      spent    0   320     0s  0.42  limit reached
      "
    `)
  })

  test("every table fits its frame", () => {
    for (const width of [60, 80, 120])
      for (const line of whyLines(POOL, NOW, { ...PIPE, width }).slice(0, 5))
        expect(line.length).toBeLessThanOrEqual(width)
  })

  test("colours change no letter", () => {
    const coloured = whyLines(POOL, NOW, { ...PIPE, color: true })
    expect(coloured.map((line) => Bun.stripANSI(line))).toEqual(whyLines(POOL, NOW, PIPE))
  })
})

test("an assumed burn is called assumed", () => {
  const assumed = { ...POOL, burn: { ...BUSY, measured: false } }
  expect(whyLines(assumed, NOW, PIPE).join("\n")).toContain(
    "40 units an hour, 40 at peak: assumed, nothing has been measured yet",
  )
})

test.each([
  [
    why([["boss"]], "boss"),
    "Codex should stay on `boss`: it lasts, and no other label is clearly better.",
  ],
  [
    why([["boss", { reading: null }]], "boss"),
    "Codex should stay on `boss`: how much it has left is unknown, and unknown is not spent.",
  ],
  [
    why([["qa"]], null),
    "Codex should start on `qa`: best pace, with the most to use up before its reset.",
  ],
  [
    why([["qa", { ready: false }]], null),
    "No label can be given to Codex: no label can serve now.",
  ],
])("the verdict is a sentence (%#)", (value, sentence) => {
  expect(whyLines(value, NOW, PIPE)).toContain(sentence)
})

test("without a label there is nothing to explain", () => {
  expect(whyLines(why([], null), NOW, PIPE)).toEqual([
    "There is no label to choose from. `aim status` says what to do first.",
  ])
})

test("a program gets the choice as it was made", () => {
  expect(whyDocument(POOL)).toMatchObject({
    ok: true,
    target: "codex",
    current: "boss",
    choice: POOL.choice,
    burn: BUSY,
  })
})
