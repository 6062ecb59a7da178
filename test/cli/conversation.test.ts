import { expect, test } from "bun:test"
import { join } from "node:path"
import { conversationWith } from "../../src/cli/conversation.ts"
import type { Terminal } from "../../src/system/terminal.ts"

const seat = (stdin: boolean, stdout: boolean, stderr: boolean): Terminal => ({
  stdinIsTerminal: stdin,
  stdoutIsTerminal: stdout,
  stderrIsTerminal: stderr,
  columns: 80,
  unicode: false,
  color: false,
})

test.each([
  [seat(true, true, true), false, true],
  [seat(false, true, true), false, false],
  [seat(true, false, true), false, false],
  [seat(true, true, false), false, false],
  [seat(true, true, true), true, false],
])("somebody can answer: %p, JSON %p", async (where, json, attended) => {
  const conversation = await conversationWith(where, json)
  expect(conversation.attended).toBe(attended)
  if (!attended) expect(await conversation.confirm("?")).toBe(false)
})

test.each([
  ["person", "", "one of two\n\ufffdthree\n"],
  ["nobody", "", ""],
])("progress for a %s goes to stderr alone", async (who, stdout, stderr) => {
  const script = join(import.meta.dir, "../fixtures/tell.ts")
  const child = Bun.spawn([process.execPath, script, who], { stdout: "pipe", stderr: "pipe" })
  expect([await child.stdout.text(), await child.stderr.text()]).toEqual([stdout, stderr])
})
