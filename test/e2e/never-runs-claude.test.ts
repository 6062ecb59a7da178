import { expect, test } from "bun:test"
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"

/**
 * `claude auth status` rotates a login and `claude auth logout` revokes it, so aim never runs
 * claude, wherever one stands.
 */
const COMMANDS = [
  "status",
  "status --live",
  "why",
  "account list",
  "account show lessons",
  "refresh",
  "refresh lessons --force",
  "login lessons",
  "lessons",
  "claude capture-native lessons",
  "claude show",
  "claude use --dry-run",
  "claude use studio",
  "claude use lessons",
  "browser show lessons",
  "account disable lessons",
  "account enable lessons",
  "account rename lessons teaching --yes",
  "history",
  "account remove teaching --yes",
]

test("no command starts a claude, and no login of a person is revoked", async () => {
  await using world = await openWorld([], {
    claudeAccounts: [{ name: "lessons" }, { name: "studio" }],
  })
  await world.claudeLabel("lessons")
  await world.claudeLabel("studio", { expiresInSeconds: -60 })
  await world.claudeHome("lessons")
  const trap = await layTraps(world)
  for (const command of COMMANDS) {
    const result = await world.aim(command, { env: trap.env })
    expect({ command, wrongUsage: result.code === 2, out: result.stderr }).toMatchObject({
      wrongUsage: false,
    })
  }
  expect(await trap.runs()).toEqual([])
  expect(world.sim.log().filter(({ kind }) => kind === "revoke")).toEqual([])
  Bun.spawnSync(["claude", "auth", "status"], { env: trap.env })
  expect(await trap.runs()).toEqual(["claude auth status"])
})

/** Programs of that name, first in PATH and where its installer puts one, that note being run. */
async function layTraps({ home }: World) {
  const record = join(home, "runs")
  const folders = [join(home, "trap"), join(home, ".local", "bin")]
  for (const folder of folders) {
    await mkdir(folder, { recursive: true })
    const file = join(folder, "claude")
    await writeFile(file, `#!/bin/sh\necho "claude $*" >> '${record}'\n`)
    await chmod(file, 0o755)
  }
  return {
    env: { PATH: `${folders.join(":")}:${process.env.PATH ?? ""}` },
    runs: async () => {
      const text = await readFile(record, "utf8").catch(() => "")
      return text.split("\n").filter((line) => line !== "")
    },
  }
}
