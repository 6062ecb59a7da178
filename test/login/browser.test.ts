import { Database } from "bun:sqlite"
import { afterAll, expect, test } from "bun:test"
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { startLogin } from "../e2e/support/login-run.ts"
import { openWorld, type World } from "../support/world.ts"

const started: number[] = []
afterAll(() => {
  for (const pid of started) {
    try {
      process.kill(pid, "SIGKILL")
    } catch {
      // It has ended by itself.
    }
  }
})

/**
 * A `chromium` first on PATH that is the real one, without a screen and without the sandbox that
 * root may not have; it notes how it was called, and who it is.
 */
async function chromiumAt(world: World): Promise<Record<string, string>> {
  const bin = join(world.home, "bin")
  await mkdir(bin)
  const script = `#!/bin/sh
printf '%s\\n' "$@" > "${world.home}/called"
echo $$ > "${world.home}/pid"
exec /usr/bin/chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --password-store=basic "$@" > "${world.home}/browser.log" 2>&1
`
  await writeFile(join(bin, "chromium"), script)
  await chmod(join(bin, "chromium"), 0o755)
  return { PATH: `${bin}:/usr/bin:/bin` }
}

/** Ends the browser as a person would, so that it writes its cookies down. */
async function closeBrowser(world: World): Promise<void> {
  const pid = Number(await readFile(join(world.home, "pid"), "utf8"))
  started.push(pid)
  process.kill(pid, "SIGINT")
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await Bun.sleep(100)
  }
}

/** The names of the cookies that a profile holds. */
function cookiesIn(profile: string): string[] {
  const database = new Database(join(profile, "Cookies"), { readonly: true })
  try {
    return database
      .query<{ name: string }, []>("select name from cookies")
      .all()
      .map(({ name }) => name)
  } finally {
    database.close()
  }
}

async function walk(world: World, profile: string) {
  world.sim.signIn("boss")
  const env = await chromiumAt(world)
  await using run = startLogin(world, "boss --json --timeout 150", { input: false, env })
  const { code, json, stderr } = await run.ended()
  expect([code, json.how, stderr]).toEqual([0, "logged_in", expect.stringContaining("(chromium)")])
  await closeBrowser(world)
  expect(cookiesIn(profile)).toContain("sim_boss")
  const { accounts } = await world.vault()
  expect(accounts.boss).toMatchObject({ browser: { verifiedAt: expect.any(String) } })
  return await readFile(join(world.home, "called"), "utf8")
}

test("a login walks through the label's own profile, which aim has made", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await world.json("browser set boss --mode aim-profile")
  const dir = join(world.home, ".aimgr/browser/boss/user-data")
  const called = await walk(world, join(dir, "Default"))
  expect(called).toStartWith(`--user-data-dir=${dir}\n--no-first-run\nhttp://127.0.0.1:`)
})

test("a login walks through the profile that the label is bound to", async () => {
  await using world = await openWorld([{ name: "boss" }])
  const dir = join(world.home, ".config/chromium")
  await mkdir(dir, { recursive: true })
  const profile = `--user-data-dir ${dir} --profile-directory Work`
  await world.json(`browser set boss --mode chrome-profile ${profile}`)
  const called = await walk(world, join(dir, "Work"))
  expect(called).toStartWith(`--user-data-dir=${dir}\n--profile-directory=Work\n`)
})
