import { describe, expect, test } from "bun:test"
import type { DemoPart } from "../../src/operations/demo.ts"
import { demoDocument, demoStory } from "../../src/render/demo.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"

const STEP: DemoPart = {
  kind: "step",
  command: "status",
  exit: 0,
  output: "one\ntwo",
  note: "what it shows",
  brief: false,
}
const OPENING: DemoPart = { kind: "opening", home: "/tmp/x", labels: 6 }
const END: DemoPart = { kind: "removed", home: "/tmp/x", finished: true }
const KEPT: DemoPart = { kind: "kept", home: "/tmp/x", enter: "/tmp/x/enter.sh" }
const LEFT: DemoPart = { kind: "left", home: "/tmp/x", finished: true }

async function* given(...parts: DemoPart[]) {
  yield* parts
}

async function all(texts: AsyncIterable<string>): Promise<string[]> {
  const told: string[] = []
  for await (const text of texts) told.push(text)
  return told
}

describe("the story", () => {
  test("a step is its command, the command's own output, and a note", async () => {
    expect(await all(demoStory(given(STEP), PLAIN))).toEqual([
      "\n$ aim status\none\ntwo\n# what it shows",
    ])
  })

  test("a brief step shows the first line; one without output none", async () => {
    expect(await all(demoStory(given({ ...STEP, brief: true }), PLAIN))).toEqual([
      "\n$ aim status\none\n# what it shows",
    ])
    expect(await all(demoStory(given({ ...STEP, output: "" }), PLAIN))).toEqual([
      "\n$ aim status\n# what it shows",
    ])
  })

  test("a long note is wrapped, each line behind its mark", async () => {
    const note = "word ".repeat(40).trim()
    const [text] = await all(demoStory(given({ ...STEP, output: "", note }), PLAIN))
    const lines = text?.split("\n").slice(2) ?? []
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) {
      expect(line).toStartWith("# word")
      expect(line.length).toBeLessThanOrEqual(PLAIN.width)
    }
  })

  test("with --keep it says how to go on and how to end", async () => {
    const text = (await all(demoStory(given(KEPT, LEFT), PLAIN))).join("\n")
    expect(text).toContain("\n  . /tmp/x/enter.sh\n  aim status\n")
    expect(text).toContain("rm -r /tmp/x")
  })
})

test("what is to be typed survives a folder with a blank or a quote in its name", async () => {
  const enter = "/tmp/it's mine/enter.sh"
  const [text] = await all(demoStory(given({ ...KEPT, enter }), PLAIN))
  expect(text).toContain("\n  . '/tmp/it'\\''s mine/enter.sh'\n")
})

describe("the document", () => {
  test("holds every step in full, with what happened before it", async () => {
    const event: DemoPart = { kind: "event", told: "it rained" }
    const [text, ...more] = await all(demoDocument(given(OPENING, event, STEP, STEP, END)))
    expect(more).toEqual([])
    const step = { command: "aim status", exitCode: 0, output: "one\ntwo", note: "what it shows" }
    expect(JSON.parse(text ?? "")).toEqual({
      schemaVersion: 1,
      ok: true,
      sandbox: "/tmp/x",
      enter: null,
      steps: [
        { event: "it rained", ...step },
        { event: null, ...step },
      ],
    })
  })

  test("comes once, and with --keep before the end", async () => {
    const texts = await all(demoDocument(given(OPENING, STEP, KEPT, LEFT)))
    expect(texts).toHaveLength(1)
    expect(JSON.parse(texts[0] ?? "")).toMatchObject({ ok: true, enter: "/tmp/x/enter.sh" })
  })

  test("of a story that a signal cut is not ok", async () => {
    const [text] = await all(demoDocument(given(OPENING, STEP, { ...END, finished: false })))
    expect(JSON.parse(text ?? "")).toMatchObject({ ok: false })
  })
})
