import { expect, test } from "bun:test"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { postsPerRefreshToken } from "../../src/simulator/request-log.ts"
import { binaryPath, runAim } from "../e2e/support/run-aim.ts"
import { openAuthority, writeScript } from "../support/authority-world.ts"
import { startSshd } from "../support/sshd.ts"
import { tempFolder } from "../support/temp-folder.ts"

const BASE = "/usr/local/bin:/usr/bin:/bin"

test("two machines that are each other's authority renew a label once, and neither waits for the other", async () => {
  const desk = tempFolder("desk")
  const bin = join(desk, ".local", "bin")
  await mkdir(bin, { recursive: true })
  await using deskSshd = await startSshd({ home: desk, alias: "desk" })
  const env = { PATH: `${deskSshd.clientPath}:${BASE}` }
  await using studio = await openAuthority(["boss"], { aim: "local-bin", env })
  const providers = Object.entries(studio.there.env)
  const deskEnv = { ...studio.there.env, PATH: `${studio.sshd.clientPath}:${BASE}` }
  const words = Object.entries(deskEnv).map(([name, value]) => `export ${name}='${value}'`)
  expect(providers.length).toBeGreaterThan(0)
  await writeFile(join(desk, "env"), words.join("\n"))
  await writeScript(join(bin, "aim"), `. "$HOME/env"; exec '${binaryPath("release")}' "$@"`)
  const atDesk = (args: string) => runAim(args.split(" "), { home: desk, env: deskEnv })
  const atStudio = (args: string) => studio.there.aim(args, { env })

  expect((await atDesk("sync codex --from ssh://studio")).code).toBe(0)
  expect((await atStudio("sync codex --from ssh://desk")).code).toBe(0)
  for (const aim of [atDesk, atStudio]) {
    const { code, stdout } = await aim("refresh boss --force --json")
    expect(stdout).toMatch(/"outcome": "(taken|refreshed)"/)
    expect(code).toBe(0)
  }
  const log = studio.there.sim.log()
  expect([...postsPerRefreshToken(log).values()]).toEqual([1, 1])
})
