import { plain } from "../render/layout/plain.ts"
import { printError } from "../system/print.ts"

/** Speaks to the person at the terminal, on stderr. */
export type Tell = (line: string) => void

/**
 * Loads consola's core, which reads no stream by itself; its only reporter writes to stderr.
 * Called only when somebody is there to be spoken to.
 */
export async function diagnostics(): Promise<Tell> {
  const { createConsola } = await import("consola/core")
  const speaker = createConsola({
    reporters: [{ log: ({ args }) => printError([args.join(" ")]) }],
    throttle: 0,
  })
  return (line) => speaker.log(plain(line))
}
