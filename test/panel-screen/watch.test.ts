import { describe, expect, test } from "bun:test"
import { readFile, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { aimScreen } from "../support/aim-screen.ts"
import { expectScreen, type Mask } from "../support/golden-screen.ts"
import { openWorld, type World } from "../support/world.ts"

const HOLDER = join(import.meta.dir, "../ledger/lock-holder.ts")
const GOLDEN = join(import.meta.dir, "golden")
/** What differs from run to run: the time of day, and what is left until the next look. */
const MASK: Mask = [
  [/\d\d:\d\d:\d\d/g, "HH:MM:SS"],
  [/\b\d+:\d\d\b/g, "M:SS"],
  [/watched for \w+/g, "watched for N"],
]
const golden = (name: string) => join(GOLDEN, `watch-${name}.txt`)

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

/** Other text in the file's place at once: a look never finds half of it. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 })
  await rename(`${file}.new`, file)
}
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

describe("the live line of a watch", () => {
  test("is drawn anew in its place, as wide as the terminal, and ends with a summary", async () => {
    await using world = await watching()
    await using screen = await aimScreen(world, { columns: 80, rows: 12 })
    await screen.run("aim codex watch --interval-seconds 3600")
    await expectScreen(screen, golden("lasts"), "next look in 59:", MASK)
    await screen.changes()
    await screen.resize(40, 12)
    await expectScreen(screen, golden("narrow"), /week 64% {2}59:\d\d$/, MASK)
    await screen.changes()
    await screen.resize(22, 12)
    await expectScreen(screen, golden("narrowest"), /5h 72% {2}5\d:\d\d$/, MASK)
    await screen.changes()
    await screen.resize(80, 12)
    await screen.shows("next look in 5")
    // Nothing above the line was taken away, wherever the terminal has moved it.
    const seen = (await screen.everything()).replaceAll("\n", "")
    expect(seen).toContain("$> aim codex watch --interval-seconds 3600")
    expect(seen.split("boss  lasts").length - 1).toBeLessThanOrEqual(2)
    await screen.press("C-c")
    await screen.prompt()
    await expectScreen(screen, golden("ended"), "watched for", MASK)
  })

  test("leaves a line for each change above it", async () => {
    await using world = await watching()
    const file = join(world.home, ".aimgr", "secrets.json")
    // Wide enough for one line, however long the name of the temp folder is.
    await using screen = await aimScreen(world, { columns: 240, rows: 16 })
    await screen.run("aim codex watch --interval-seconds 1")
    await screen.shows("boss  lasts")
    const whole = await readFile(file, "utf8")
    await replace(file, "{ broken")
    await screen.shows("state broken")
    await replace(file, whole)
    await screen.shows(/\nboss {2}lasts/)
    await screen.press("C-c")
    await screen.prompt()
    const told = [
      [world.home, "~"],
      ...MASK,
      [/\d+ looks/, "N looks"],
      [/\d+ failures?/, "N failures"],
    ]
    await expectScreen(screen, golden("changes"), "watched for", told as unknown as Mask)
  })

  test("leaves a warning whole above it", async () => {
    await using world = await watching()
    await using screen = await aimScreen(world, { columns: 240, rows: 16 })
    await screen.run("aim codex watch --interval-seconds 1")
    await screen.shows("boss  lasts")
    const ledger = join(world.home, ".aimgr", "ledger.db")
    await using holder = Bun.spawn([process.execPath, HOLDER, ledger, "alone"], {
      stdin: "pipe",
      stdout: "pipe",
    })
    await holder.stdout.getReader().read()
    await expectScreen(screen, golden("warning"), "warning:", [[world.home, "~"], ...MASK])
    await holder.stdin.end()
    await screen.press("C-c")
    await screen.prompt()
  })

  test("is no line at all where the cursor can't be moved, but the first look and the changes", async () => {
    await using world = await watching()
    await using screen = await aimScreen(world, { columns: 80, rows: 12 })
    await screen.run("TERM=dumb aim codex watch --interval-seconds 1")
    await screen.shows("boss stays")
    await Bun.sleep(2_500)
    await screen.press("C-c")
    await screen.prompt()
    const told: Mask = [...MASK, [/\d+ looks?/, "N looks"]]
    await expectScreen(screen, golden("dumb"), "watched for", told)
  })
})
