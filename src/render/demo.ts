import { shellWord } from "../domain/shell-word.ts"
import type { DemoPart } from "../operations/demo.ts"
import { jsonDocument } from "./json.ts"
import type { Frame } from "./layout/frame.ts"
import { paint } from "./layout/style.ts"

/** The demo as a story, a piece at a time, as it comes. */
export async function* demoStory(
  parts: AsyncIterable<DemoPart>,
  frame: Frame,
): AsyncGenerator<string> {
  for await (const part of parts) yield partLines(part, frame).join("\n")
}

/** The demo as one document, as soon as all of it is known: with `--keep` before the end. */
export async function* demoDocument(parts: AsyncIterable<DemoPart>): AsyncGenerator<string> {
  const steps: object[] = []
  let event: string | null = null
  let told = false
  for await (const part of parts) {
    if (part.kind === "event") event = part.told
    if (part.kind === "step") {
      const { command, exit, output, note } = part
      steps.push({ event, command: `aim ${command}`, exitCode: exit, output, note })
      event = null
    }
    if (part.kind === "kept" || (!told && (part.kind === "removed" || part.kind === "left"))) {
      told = true
      const finished = part.kind === "kept" || part.finished
      const enter = part.kind === "kept" ? part.enter : null
      yield jsonDocument({ ok: finished, sandbox: part.home, enter, steps })
    }
  }
}

/** The lines of one piece, the empty one between pieces included. */
function partLines(part: DemoPart, frame: Frame): string[] {
  switch (part.kind) {
    case "opening":
      return [
        `A sandbox with ${part.labels} Codex accounts and a simulated provider on this machine.`,
        `Each command below is really run, with \`--home ${part.home}\`; ~ stands for that folder.`,
      ]
    case "event":
      return ["", ...wrapped(part.told, frame).map((line) => paint(frame, "bold", line))]
    case "step":
      return [
        "",
        paint(frame, "cyan", `$ aim ${part.command}`),
        ...outputLines(part.output, part.brief),
        ...wrapped(part.note, frame, "# ").map((line) => paint(frame, "dim", line)),
      ]
    case "kept":
      return [
        "",
        paint(frame, "bold", "The sandbox is yours now. In another terminal:"),
        "",
        `  . ${shellWord(part.enter)}`,
        "  aim status",
        "",
        "The simulated provider answers until you press ctrl-C here. The folder stays after that.",
      ]
    case "left":
      return ["", `The provider has stopped. To delete the sandbox: rm -r ${shellWord(part.home)}`]
    case "removed":
      return [
        "",
        part.finished ? "That was the demo. The sandbox is gone." : "The sandbox is gone.",
      ]
  }
}

function outputLines(output: string, brief: boolean): string[] {
  if (output === "") return []
  return brief ? output.split("\n").slice(0, 1) : [output]
}

/** A text in lines that fit the frame, each behind the same mark. */
function wrapped(text: string, { width }: Frame, mark = ""): string[] {
  return Bun.wrapAnsi(text, width - mark.length)
    .split("\n")
    .map((line) => mark + line)
}
