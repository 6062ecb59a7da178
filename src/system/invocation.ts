/** The words after the program's name. */
export function commandLine(): string[] {
  return process.argv.slice(2)
}

/** True when `AIM_DEBUG=1` asks for stack traces. */
export function debugging(): boolean {
  return process.env.AIM_DEBUG === "1"
}

/** What the environment holds under a name. */
export function variable(name: string): string | undefined {
  return process.env[name]
}
