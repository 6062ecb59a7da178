import { onStrayError, setExitCode } from "./system/exit.ts"
import { commandLine } from "./system/invocation.ts"
import { VERSION } from "./system/version.ts"

const argv = commandLine()
if (argv.length === 1 && argv[0] === "--version") console.log(`aim ${VERSION}`)
else {
  onStrayError(async (error) => {
    const { printFailure } = await import("./cli/outcome.ts")
    setExitCode(printFailure(error, null))
  })
  const code = await run(argv)
  const { stopCode } = await import("./system/signals.ts")
  setExitCode(stopCode() ?? code)
}

/** A shell that completes hands over a line that is not finished: no word of it is an order yet. */
async function run([first, ...rest]: readonly string[]): Promise<number> {
  if (first === "__complete") return (await import("./cli/completion/complete.ts")).complete(rest)
  return (await import("./cli/dispatch.ts")).dispatch(argv)
}
