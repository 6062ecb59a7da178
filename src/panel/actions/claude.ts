import { join } from "node:path"
import { activate } from "../../operations/activate.ts"
import { captureNative } from "../../operations/capture-native.ts"
import { exportLive } from "../../operations/export-live.ts"
import { importBundle } from "../../operations/import-bundle.ts"
import { type Pool, targetsOf, withPool } from "../../pool/pool.ts"
import { exportLines, importLines } from "../../render/bundle.ts"
import { captureLines } from "../../render/capture.ts"
import { switchLines } from "../../render/switch.ts"
import { fail } from "../../system/errors.ts"
import type { Target } from "../../targets/target.ts"
import type { Action } from "../action.ts"
import type { Panel } from "../panel.ts"

/** Claude Code's own lock may be waited for, and a renewal. */
const SWITCH_LIMIT = 60

/** Switches Claude Code to the label, as `aim claude use <label>` does. */
export const useNativeClaude: Action = async (panel, { label }) => {
  const options = { next: false, dryRun: false, adopt: null, replaceUnmanaged: false }
  const switched = await working(panel, "Claude Code to be switched", (pool, target) =>
    activate(pool, target, { ...options, label }),
  )
  panel.prompter.say(switchLines(switched, panel.frame))
  return label
}

/** Takes in the login that Claude Code has now. */
export const captureNativeClaude: Action = async (panel, { label }) => {
  const captured = await working(panel, "the login to be taken in", (pool, target) =>
    captureNative(pool, target, label, null),
  )
  panel.prompter.say(captureLines(captured, panel.frame))
  return label
}

/** Takes in a login out of a bundle file. */
export const importNativeClaude: Action = async (panel, { label }) => {
  const file = await panel.prompter.ask("The bundle file to read:", named)
  if (file === null) return label
  const imported = await working(panel, null, (pool) =>
    importBundle(pool, label, file, panel.passphrase),
  )
  panel.prompter.say(importLines(imported, panel.frame))
  return label
}

/** Writes the login that Claude Code has now into a bundle file. */
export const exportLiveClaude: Action = async (panel, { label }) => {
  const usual = join(panel.homes.userHome, `${label}.claude-native-bundle.json`)
  const typed = await panel.prompter.ask(`The file to write (Enter: ${usual}):`)
  if (typed === null) return label
  const out = typed.trim() === "" ? usual : typed
  const encrypt = await panel.prompter.confirm("Protect it with a passphrase?")
  const options = { out, sourceHome: null, encrypt, force: false }
  const exported = await working(panel, null, (pool, target) =>
    exportLive(pool, target, options, panel.passphrase),
  )
  panel.prompter.say(exportLines(exported, panel.frame))
  return label
}

/** Does it with a spinner, unless it may have to ask (`waitsFor` null). */
function working<T>(
  { homes, prompter }: Panel,
  waitsFor: string | null,
  work: (pool: Pool, target: Target) => Promise<T>,
): Promise<T> {
  const done = withPool(homes, (pool) => {
    const [target] = targetsOf(pool, "anthropic")
    if (target === undefined)
      return fail("unsupported_target", "no client has such logins", "use a newer aim")
    return work(pool, target)
  })
  return waitsFor === null ? done : prompter.busy(waitsFor, SWITCH_LIMIT, done)
}

function named(answer: string): string | null {
  return answer.trim() === "" ? "name a file, or leave with Esc" : null
}
