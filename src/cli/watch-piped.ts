import type { LoopStep } from "../operations/watch/tick-loop.ts"
import type { Watched } from "../operations/watch-once.ts"
import { jsonLine } from "../render/json.ts"
import { problemDocument } from "../render/problem.ts"
import { watchDocument } from "../render/watch-document.ts"
import { addressDocument } from "./address.ts"
import type { Context } from "./command.ts"
import { problemIn } from "./problem-in.ts"

/** A loop as a program sees it: the document of `--once` on a line for each look. */
export async function* pipedLines(
  steps: AsyncIterable<LoopStep<Watched>>,
  { address }: Pick<Context, "address">,
): AsyncGenerator<string> {
  for await (const step of steps) {
    if (step.kind === "waiting") continue
    const document =
      step.kind === "ticked" ? watchDocument(step.value) : problemDocument(problemIn(step.error))
    yield jsonLine(addressDocument(document, address))
  }
}
