import { readFileSync } from "node:fs"
import { logCall, openFake } from "./fake-state.ts"

/** How many looks a tick of the stand-in takes before it has ended. */
const LOOKS = 2

const [dir = "", ...words] = process.argv.slice(2)
const { state, save } = openFake(dir)
const [verb = "", place = "", file = ""] = words
if (verb !== "print") logCall(dir, ["launchctl", ...words])
process.exitCode = call()
save()

function call(): number {
  switch (verb) {
    case "print":
      return print()
    case "enable":
      return 0
    case "bootstrap":
      return bootstrap()
    case "kickstart":
      return state.active.includes(place) ? run(place) : 113
    case "bootout":
      if (!state.active.includes(place)) return 3
      state.active = state.active.filter((each) => each !== place)
      return 0
    default:
      throw new Error(`the stand-in does not know: launchctl ${words.join(" ")}`)
  }
}

function bootstrap(): number {
  const label = /<key>Label<\/key>\s*<string>([^<]+)</.exec(readFileSync(file, "utf8"))?.[1] ?? ""
  const whole = `${place}/${label}`
  if (state.active.includes(whole)) return 5
  state.active.push(whole)
  return run(whole)
}

function run(whole: string): number {
  state.lastAt[whole] = LOOKS
  return 0
}

function print(): number {
  if (!place.includes("dev.aim"))
    return state.answers[place === "system" ? "system" : "user"] ? 0 : 1
  if (!state.active.includes(place)) return 113
  const left = state.lastAt[place] ?? 0
  state.lastAt[place] = Math.max(0, left - 1)
  const code = left > 0 ? "(never exited)" : String(state.tickCode)
  process.stdout.write(
    `${place} = {\n\tstate = ${left > 0 ? "running" : "not running"}\n\tlast exit code = ${code}\n}\n`,
  )
  return 0
}
