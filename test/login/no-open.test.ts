import { expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { chmod, mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { allowed, pageOf, startLogin } from "../e2e/support/login-run.ts"
import { openWorld } from "../support/world.ts"

test.each([
  ["", true],
  [" --no-open", false],
  [" --manual", true],
  [" --manual --no-open", false],
])("a bound browser is started by `aim login`%s: %p", async (flags, starts) => {
  await using world = await openWorld([{ name: "boss" }])
  await world.json("browser set boss --mode aim-profile")
  world.sim.signIn("boss")
  const bin = join(world.home, "bin")
  await mkdir(bin)
  await writeFile(join(bin, "chromium"), `#!/bin/sh\ntouch "${world.home}/started"\n`)
  await chmod(join(bin, "chromium"), 0o700)
  const env = { PATH: `${bin}:/usr/bin:/bin` }
  await using run = startLogin(world, `boss --json${flags}`, { env })
  const back = await allowed(await pageOf(run))
  await run.says(/\(10 minutes; ctrl-C cancels\)/)
  run.type(back)
  expect((await run.ended()).code).toBe(0)
  expect(existsSync(join(world.home, "started"))).toBe(starts)
})
