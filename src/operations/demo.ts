import { startSimulator } from "../simulator/simulator.ts"
import { now } from "../system/clock.ts"
import { fail } from "../system/errors.ts"
import { runOnTerminal, type Screen } from "../system/pty.ts"
import { onStop, stopSignal } from "../system/signals.ts"
import { selfPath } from "../system/spawn.ts"
import { makeTempDir, removeTempDir } from "../system/temp-dir.ts"
import { castAt } from "./demo/cast.ts"
import { cleanEnvironment, logIn, writeEntrance } from "./demo/sandbox.ts"
import { type Scene, STORY, settingUp } from "./demo/story.ts"

/** What `aim demo` tells, piece by piece. */
export type DemoPart =
  | { kind: "opening"; home: string; labels: number }
  /** Something that happened without aim. */
  | { kind: "event"; told: string }
  /** A command that was run, `~` being the sandbox, with what a person would have seen. */
  | {
      kind: "step"
      command: string
      exit: number
      output: string
      note: string
      /** A person needs only the first line of the output. */
      brief: boolean
    }
  /** With `--keep`: the sandbox goes on living until the demo is stopped. */
  | { kind: "kept"; home: string; enter: string }
  /** The end: the sandbox is gone, or left for later. Not `finished` when a signal cut the story. */
  | { kind: "removed" | "left"; home: string; finished: boolean }

export type DemoOptions = {
  keep: boolean
  screen: Screen
  env: Readonly<Record<string, string | undefined>>
}

/** Longest piece of a command's own words that the error repeats. */
const QUOTED = 500

/**
 * `aim demo`: a home of its own below the temp folder, a simulated provider on loopback, and this
 * very binary run on them as an operator would. Nothing else is read or written. The sandbox goes
 * at the end, at an error and at a signal; `keep` leaves it, and the provider runs until a signal.
 */
export async function* runDemo({ keep, screen, env }: DemoOptions): AsyncGenerator<DemoPart> {
  const withdraw = onStop(() => {})
  const stop = stopSignal()
  const cast = castAt(now())
  const home = makeTempDir("aim-demo-")
  const simulator = startSimulator({ accounts: cast.map(({ account }) => account) })
  try {
    await logIn(home, simulator, cast)
    yield { kind: "opening", home, labels: cast.length }
    const place = { home, env: cleanEnvironment(home, simulator, env), screen, stop }
    for (const scene of [...settingUp(cast), ...STORY]) {
      if (scene.before !== undefined && !stop.aborted) {
        await scene.before.happens({ home, simulator })
        yield { kind: "event", told: scene.before.told }
      }
      const step = stop.aborted ? null : await play(scene, place)
      if (step === null) break
      yield step
    }
    if (keep && !stop.aborted) {
      yield { kind: "kept", home, enter: await writeEntrance(home, simulator) }
      await aborted(stop)
    }
  } finally {
    await simulator.stop()
    if (!keep) removeTempDir(home)
    withdraw()
  }
  yield { kind: keep ? "left" : "removed", home, finished: keep || !stop.aborted }
}

type Place = { home: string; env: Record<string, string>; screen: Screen; stop: AbortSignal }

/** Runs one command; null when a signal cut it. */
async function play(scene: Scene, { home, env, screen, stop }: Place): Promise<DemoPart | null> {
  const { command, exit, note, brief = false } = scene
  const words = command.split(" ").map((word) => word.replace(/^~(?=\/)/, () => home))
  const argv = [selfPath(), ...words, "--home", home]
  const { code, text } = await runOnTerminal(argv, { env, cwd: home, screen, signal: stop })
  if (stop.aborted) return null
  // The commands of the story are told without the flag that every one of them has.
  const output = text.trimEnd().replaceAll(`aim --home ${home} `, "aim ").replaceAll(home, "~")
  if (code === exit) return { kind: "step", command, exit, output, note, brief }
  return fail(
    "demo_failed",
    `\`aim ${command}\` ended with exit code ${code} instead of ${exit}: ${output.slice(0, QUOTED)}`,
    "this is a fault of aim: please report it with the line above",
  )
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve()))
}
