const NAMES: Readonly<Record<string, string>> = { codex: "Codex", claude: "Claude Code", pi: "Pi" }

/** A client as people call it. */
export function clientName(target: string): string {
  return NAMES[target] ?? target
}
