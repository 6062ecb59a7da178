import { describe, expect, test } from "bun:test"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { widthOf } from "../../../src/render/layout/width.ts"
import { statusLines } from "../../../src/render/status.ts"
import { compactLine } from "../../../src/render/status-compact.ts"
import { STATES } from "./states.ts"

const FOLDER = join(import.meta.dir, "golden")
/** `AIM_UPDATE_GOLDEN=1 bun test test/render/status/golden.test.ts` writes the files anew. */
const UPDATE = process.env.AIM_UPDATE_GOLDEN === "1"
const WIDTHS = [60, 80, 120]
const LOOKS = [
  { name: "plain", color: false, unicode: false },
  { name: "unicode", color: false, unicode: true },
  { name: "color", color: true, unicode: false },
  { name: "color-unicode", color: true, unicode: true },
]

type Case = { file: string; text: () => string }

const cases: Case[] = Object.entries(STATES).flatMap(([state, status]) => [
  ...WIDTHS.flatMap((width) =>
    LOOKS.map(({ name, ...look }) => ({
      file: `status-${state}-${width}-${name}.txt`,
      text: () => lines(statusLines(status, { ...look, width })),
    })),
  ),
  {
    file: `status-${state}-80-all.txt`,
    text: () => {
      const all = { accounts: true, assignments: true }
      return lines(statusLines(status, { width: 80, color: false, unicode: false }, all))
    },
  },
  { file: `status-${state}-compact.txt`, text: () => lines([compactLine(status)]) },
])

function lines(shown: readonly string[]): string {
  return `${shown.join("\n")}\n`
}

describe("the text of status", () => {
  test.each(cases)("$file", ({ file, text }) => {
    const path = join(FOLDER, file)
    if (UPDATE) writeFileSync(path, text())
    expect(existsSync(path), `${file} is missing: AIM_UPDATE_GOLDEN=1 writes it`).toBe(true)
    expect(text()).toBe(readFileSync(path, "utf8"))
  })

  test("no golden file is left over", () =>
    expect(readdirSync(FOLDER).sort()).toEqual(cases.map(({ file }) => file).sort()))
})

describe("what holds at every width", () => {
  test.each(WIDTHS)("at %p columns the table fits, colours or not", (width) => {
    for (const { name: _, ...look } of LOOKS) {
      for (const status of Object.values(STATES)) {
        const shown = statusLines(status, { ...look, width }, { accounts: true })
        const rows = shown.filter((line) =>
          /^(label|[a-z0-9-]+ +(ready|reauth|blocked)) /.test(line),
        )
        for (const row of rows) expect(widthOf(row), row).toBeLessThanOrEqual(width)
      }
    }
  })

  test("colour carries no meaning of its own", () => {
    for (const status of Object.values(STATES)) {
      const frame = { width: 80, color: false, unicode: false }
      const coloured = statusLines(status, { ...frame, color: true }).map((line) =>
        Bun.stripANSI(line),
      )
      expect(coloured).toEqual(statusLines(status, frame))
    }
  })

  test("without unicode there are plain letters only", () => {
    for (const status of Object.values(STATES)) {
      const frame = { width: 80, color: false, unicode: false }
      expect(statusLines(status, frame).join("")).toMatch(/^[ -~]*$/)
    }
  })
})
