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
  const { dispatch } = await import("./cli/dispatch.ts")
  const code = await dispatch(argv)
  const { stopCode } = await import("./system/signals.ts")
  setExitCode(stopCode() ?? code)
}
