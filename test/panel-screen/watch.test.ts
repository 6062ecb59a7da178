import { describe, test } from "bun:test"
import { join } from "node:path"
import { aimScreen } from "../support/aim-screen.ts"
import { expectScreen, type Mask } from "../support/golden-screen.ts"
import { openWorld, type World } from "../support/world.ts"

const GOLDEN = join(import.meta.dir, "golden")
/** What differs from run to run: the time of day, and what is left until the next look. */
const MASK: Mask = [
  [/\d\d:\d\d:\d\d/g, "HH:MM:SS"],
  [/\b\d+:\d\d\b/g, "M:SS"],
  [/watched for \w+/g, "watched for N"],
]
const golden = (name: string) => join(GOLDEN, `watch-${name}.txt`)
const USAGE = "/backend-api/wham/usage"

async function watching(): Promise<World> {
  const half = (used_percent: number) => ({
    primary: { used_percent, limit_window_seconds: 18_000, reset_at: inSeconds(14_400) },
    secondary: { used_percent: 36, limit_window_seconds: 604_800, reset_at: inSeconds(500_000) },
  })
  const world = await openWorld([
    { name: "boss", ...half(28) },
    { name: "qa", ...half(10) },
  ])
  await world.label("boss")
  await world.json("codex use")
  await world.label("qa")
  return world
}
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

describe("the live line of a watch", () => {
  test("is drawn anew in its place, and leaves a line for each change", async () => {
    await using world = await watching()
    await using screen = await aimScreen(world, { columns: 80, rows: 20 })
    await screen.run("aim codex watch --interval-seconds 2; echo code $?")
    await expectScreen(screen, golden("lasts"), "next look in 0:0", MASK)
    world.sim.addFault({ kind: "status", status: 500, path: USAGE })
    world.sim.setUsage("boss", { primary: { used_percent: 100 } })
    await screen.press("C-c")
    await screen.shows("code 130")
    await expectScreen(screen, golden("ended"), "code 130", MASK)
  })
})
