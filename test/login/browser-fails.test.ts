import { describe, expect, test } from "bun:test"
import { chmod, mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { allowed, pageOf, startLogin } from "../e2e/support/login-run.ts"
import { openWorld, type World } from "../support/world.ts"

const OWN = "--mode aim-profile"
const NAMES = ["google-chrome-stable", "google-chrome", "chromium"]

/** Programs with a browser's name that do this. */
async function browsersThat(world: World, text: string): Promise<void> {
  await mkdir(join(world.home, "bin"), { recursive: true })
  for (const name of NAMES) {
    await writeFile(join(world.home, "bin", name), text)
    await chmod(join(world.home, "bin", name), 0o755)
  }
}

const cases: [string, string, (world: World) => Promise<void>, RegExp][] = [
  [
    "is not installed",
    OWN,
    async () => {},
    /no browser is there to open it with \(looked for: .*chromium.*aim browser list boss/,
  ],
  [
    "ends at once",
    OWN,
    (world) => browsersThat(world, "#!/bin/sh\nexit 1\n"),
    /google-chrome-stable ended at once, with exit code 1/,
  ],
  [
    "is killed at once",
    OWN,
    (world) => browsersThat(world, "#!/bin/sh\nkill -9 $$\n"),
    /google-chrome-stable ended at once, with exit code 137/,
  ],
  [
    "is no program",
    OWN,
    (world) => browsersThat(world, "\u007fELF and no more"),
    /no browser is there to open it with/,
  ],
  [
    "can have no profile, since a file is in the way",
    OWN,
    async (world) => {
      const folder = join(world.home, ".aimgr/browser")
      await rm(folder, { recursive: true })
      await writeFile(folder, "in the way")
    },
    /the browser profile .*\/boss\/user-data can't be used \(ENOTDIR\)/,
  ],
  [
    "has lost its profile",
    "--mode chrome-profile --user-data-dir <home>/profile",
    (world) => rm(join(world.home, "profile"), { recursive: true }),
    /\/profile is not there\. Open it by hand \(to mend that: aim browser show boss\)/,
  ],
  [
    "is an agent-browser that is not installed",
    "--mode agent-browser --session s --profile <home>/profile",
    async () => {},
    /\(looked for: agent-browser\)/,
  ],
]

describe("a login goes on by hand where the browser", () => {
  test.each(cases)("%s", async (_name, binding, prepare, said) => {
    await using world = await openWorld([{ name: "boss" }])
    await mkdir(join(world.home, "profile"))
    await world.json(`browser set boss ${binding.replace("<home>", world.home)}`)
    await prepare(world)
    world.sim.signIn("boss")
    const env = { PATH: `${world.home}/bin` }
    await using run = startLogin(world, "boss --json --timeout 30", { input: false, env })
    const unopened = await run.says(/It could not be opened: .*/)
    expect(unopened).toMatch(said)
    expect(unopened).toContain(". Open it by hand")
    await fetch(await allowed(await pageOf(run)))
    expect(await run.ended()).toMatchObject({ code: 0, json: { how: "logged_in" } })
  })
})
