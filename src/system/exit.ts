/**
 * Sets the exit code and lets the program come to its own end: `process.exit()` cuts output that
 * still waits in a pipe (Bun 1.4.5 stops at 131,072 bytes). A worse code that was set stays.
 */
export function setExitCode(code: number): void {
  const before = typeof process.exitCode === "number" ? process.exitCode : 0
  process.exitCode = Math.max(before, code)
}

/**
 * Hands every error that nobody caught to `report`, in place of Bun's own print, which quotes
 * source lines and values.
 */
export function onStrayError(report: (error: unknown) => void): void {
  process.on("uncaughtException", report)
  process.on("unhandledRejection", report)
}
