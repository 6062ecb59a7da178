import { appendFileSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** What a stand-in for a manager knows, in a file between its calls. */
export type FakeState = {
  /** Which managers answer. */
  answers: { user: boolean; system: boolean }
  /** What logind says of the user; null where it says nothing. */
  linger: "yes" | "no" | null
  folders: { user: string; system: string }
  /** False: a tick is only recorded. Its exit code stands in `tickCode`. */
  ticks: boolean
  tickCode: number
  /** Unit texts by `scope/name`, as they were when the manager last read its folders. */
  loaded: Record<string, string>
  enabled: string[]
  active: string[]
  results: Record<string, string>
  lastAt: Record<string, number>
}

/** What every stand-in is started with: its folder, then what it was called with. */
export function openFake(dir: string) {
  const file = join(dir, "state.json")
  const state = JSON.parse(readFileSync(file, "utf8")) as FakeState
  return { state, save: () => writeFileSync(file, JSON.stringify(state)) }
}

export function logCall(dir: string, words: readonly string[]): void {
  appendFileSync(join(dir, "calls.jsonl"), `${JSON.stringify(words)}\n`)
}
