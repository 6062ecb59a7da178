import type { ClaudeEvent, ClaudeRow } from "./claude-session.ts"
import type { ClaudeWorld } from "./claude-world.ts"

/** Used percent by window, whole as Claude shows it: `5h`, `weekly`, `weekly:fable`. */
export type Shown = Record<string, number>

/**
 * What the real Claude says of its quota, by two ways that share one request. `text` (`/usage` for
 * people) takes session and week from the older keys alone and of `limits[]` the models of a list
 * of its own (Fable); `card` (the same for programs) is `limits[]` alone, null where there is none.
 */
export async function claudeUsage(
  world: ClaudeWorld,
): Promise<{ text: Shown; card: Shown | null; talk: string }> {
  const said = await world.claude(["-p", "/usage"], { talkative: true })
  const stream = ["-p", "--output-format", "stream-json", "--verbose", "/usage"]
  const { stdout } = await world.claude(stream, { talkative: true })
  const events = stdout.split("\n").filter((line) => line.startsWith("{"))
  const reports = events.flatMap((line) => (JSON.parse(line) as ClaudeEvent).usage_report ?? [])
  const rows = reports[0]?.rate_limits?.limits ?? null
  return { text: shownIn(said.stdout), card: rows && shownBy(rows), talk: said.stdout }
}

function shownIn(text: string): Shown {
  const lines = text.matchAll(/^Current (session|week) ?(?:\((.+)\))?: (-?\d+)% used/gm)
  return Object.fromEntries(
    [...lines].map(([, what, of, percent]) => [
      what === "session" ? "5h" : scoped(of === "all models" ? null : of?.replace(/ only$/, "")),
      Number(percent),
    ]),
  )
}

function shownBy(rows: readonly ClaudeRow[]): Shown {
  return Object.fromEntries(
    rows.map(({ kind, scope, percent }) => [
      kind === "session" ? "5h" : scoped(scope?.model?.display_name),
      Math.floor(percent),
    ]),
  )
}

function scoped(model: string | null | undefined): string {
  return model ? `weekly:${model.toLowerCase()}` : "weekly"
}
