import { describe, expect, test } from "bun:test"
import { chmodSync, chownSync, lstatSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { binaryPath, cleanEnv } from "./support/run-aim.ts"

const USER = 4321
const GROUP = 4322
const IS_ROOT = process.getuid?.() === 0

/** Everything below a folder, the folder too. */
function treeOf(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
  return [folder, ...names.map((name) => join(folder, name))]
}

/** What in a home is not its user's, told from it. */
function strangers({ home }: World): string[] {
  return treeOf(home)
    .filter((path) => {
      const { uid, gid } = lstatSync(path)
      return uid !== USER || gid !== GROUP
    })
    .map((path) => path.slice(home.length))
}

function give({ home }: World): void {
  for (const path of treeOf(home)) chownSync(path, USER, GROUP)
}

/** aim as the user whose home it is. */
async function asUser(world: World, args: string): Promise<{ code: number; said: string }> {
  const who = ["setpriv", `--reuid=${USER}`, `--regid=${GROUP}`, "--clear-groups"]
  const child = Bun.spawn([...who, binaryPath("release"), ...args.split(" ")], {
    cwd: "/",
    env: { ...cleanEnv(world.home), ...world.env },
    stdout: "pipe",
    stderr: "pipe",
  })
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text()])
  return { code: await child.exited, said: out + err }
}

async function homeOfUser() {
  // A user other than root can't give files away: run the lane in a container or with sudo.
  if (!IS_ROOT) throw new Error("these tests play `sudo aim` and must be run as root")
  const world = await openWorld([{ name: "boss" }, { name: "qa" }], {
    claudeAccounts: [{ name: "claudia" }],
  })
  chmodSync(join(world.home, ".."), 0o755)
  await world.login("boss", { dir: world.codexHome })
  await world.login("qa", { expiresInSeconds: 60 })
  await world.claudeHome("claudia")
  give(world)
  return world
}

describe("sudo aim in the home of a user", () => {
  test("leaves nothing there that the user could not use, whatever it did", async () => {
    await using world = await homeOfUser()
    const commands = [
      "codex capture boss",
      `codex capture qa --source-home ${join(world.home, "logins", "qa")}`,
      "codex use --next",
      "claude capture-native claudia",
      "refresh --all --force",
      "codex watch --once",
      "pi use",
      "claude use",
      "status --live",
      "account rename qa chief --yes",
      "claude export-live --out bundle.json --force",
    ]
    for (const command of commands) {
      const { code, stdout, stderr } = await world.aim(command)
      if (code !== 0) throw new Error(`${command}: ${stdout}${stderr}`)
      expect([command, strangers(world)]).toEqual([command, []])
    }
    for (const command of ["status", "refresh --all --force", "codex use --next", "history"])
      expect(await asUser(world, command)).toMatchObject({ code: 0 })
    expect(strangers(world)).toEqual([])
  }, 120_000)

  test("keeps the owner of a file that is another's than its folder", async () => {
    await using world = await homeOfUser()
    const file = join(world.codexHome, "auth.json")
    expect((await world.aim("codex capture boss")).code).toBe(0)
    await world.label("qa")
    give(world)
    chownSync(file, USER + 10, GROUP)
    expect((await world.aim("codex use --next")).code).toBe(0)
    expect(lstatSync(file).uid).toBe(USER + 10)
  })

  test("a folder of root's own stays root's", async () => {
    await using world = await homeOfUser()
    const place = join(world.home, "roots")
    writeFileSync(join(world.home, "x"), "")
    expect((await world.aim(`--state ${place}/secrets.json codex capture boss`)).code).toBe(0)
    chownSync(place, 0, 0)
    for (const path of treeOf(place)) chownSync(path, 0, 0)
    expect((await world.aim(`--state ${place}/secrets.json refresh --all --force`)).code).toBe(0)
    for (const path of treeOf(place)) expect(lstatSync(path).uid).toBe(0)
  })
})
