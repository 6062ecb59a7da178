import { describe, expect, test } from "bun:test"
import { mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { CANARY } from "../../src/simulator/tokens.ts"
import { keptDemo } from "./support/kept-demo.ts"
import { binaryPath, cleanEnv, runAim } from "./support/run-aim.ts"
import { tempHome } from "./support/temp-home.ts"

const LABELS = ["boss", "lessons", "qa", "studio", "guest", "spare"]
const OWN = "the-operators-own-token"
/** Older than its file's last change, so that a mere read shows on every usual mount. */
const LONG_AGO = new Date("2020-01-01T00:00:00Z")

type Step = { command: string; output: string; exitCode: number; event: string | null }
type DemoDocument = { ok: boolean; sandbox: string; enter: string | null; steps: Step[] }

/** A user whose every home holds logins that the demo must not so much as look at. */
async function trap(home: string): Promise<Record<string, string>> {
  const homes = {
    CODEX_HOME: join(home, ".codex"),
    AIM_HOME: join(home, "aim-home"),
    CLAUDE_CONFIG_DIR: join(home, ".claude"),
    HERMES_HOME: join(home, ".hermes"),
  }
  const files = [
    join(homes.CODEX_HOME, "auth.json"),
    join(homes.AIM_HOME, ".codex/auth.json"),
    join(homes.AIM_HOME, ".aimgr/secrets.json"),
    join(home, ".aimgr/secrets.json"),
  ]
  for (const file of files) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, JSON.stringify({ access: OWN }))
    await utimes(file, LONG_AGO, new Date("2021-01-01T00:00:00Z"))
  }
  const dead = "http://127.0.0.1:1"
  return {
    ...homes,
    AIM_OPENAI_AUTH_URL: dead,
    AIM_CHATGPT_URL: dead,
    HTTP_PROXY: dead,
    HTTPS_PROXY: dead,
    AIM_DEBUG: "1",
  }
}

/** Every file and folder with what tells whether it was read or written. */
async function picture(dir: string): Promise<Record<string, string>> {
  const seen: Record<string, string> = {}
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const { ino, mtimeNs, atimeNs, mode } = await stat(path, { bigint: true })
    seen[path] = `${ino} ${mtimeNs} ${mode} ${entry.isFile() ? atimeNs : ""}`
  }
  return seen
}

describe("aim demo", () => {
  test("tells its story and leaves nothing behind, and touches no home of the user", async () => {
    await using home = await tempHome()
    await using temp = await tempHome()
    const env = { ...(await trap(home.path)), TMPDIR: temp.path }
    const before = await picture(home.path)
    const { code, stdout, stderr } = await runAim(["demo"], { home: home.path, env })
    expect(stderr).toBe("")
    expect(code).toBe(0)
    expect(await picture(home.path)).toEqual(before)
    expect(await readdir(temp.path)).toEqual([])
    for (const label of LABELS) expect(stdout).toContain(label)
    for (const word of [OWN, CANARY, home.path, "\u001b"]) expect(stdout).not.toContain(word)
    for (const command of [
      "status",
      "why",
      "codex use",
      "status --live",
      "codex use --next --json",
    ])
      expect(stdout).toContain(`\n$ aim ${command}\n`)
    expect(stdout).toContain("boss -> lessons")
    expect(stdout).toContain("lessons -> studio")
  })

  test("--json gives one document; the spent label gives way, the renewed login is kept", async () => {
    await using temp = await tempHome()
    const result = await runAim(["demo", "--json"], { env: { TMPDIR: temp.path } })
    expect(result.code).toBe(0)
    const { ok, enter, steps, sandbox } = result.json() as DemoDocument
    expect([ok, enter, dirname(sandbox)]).toEqual([true, null, temp.path])
    const uses = steps.filter(({ command }) => command.startsWith("aim codex use"))
    expect(uses.map(({ output }) => output.split("\n")[0])).toEqual([
      expect.stringContaining("boss -> lessons"),
      expect.stringContaining("lessons stays"),
      expect.stringContaining("lessons -> studio"),
      "{",
    ])
    expect(uses[2]?.output).toContain("captured  lessons")
    const receipt = JSON.parse(uses[3]?.output ?? "").activated.receipt
    expect(receipt).toMatchObject({ status: "activated", previousLabel: "studio", label: "qa" })
    expect(steps.find(({ command }) => command.startsWith("aim refresh"))?.exitCode).toBe(1)
    expect(await readdir(temp.path)).toEqual([])
  })

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s in the middle removes the sandbox", async (signal, exit) => {
    await using home = await tempHome()
    await using temp = await tempHome()
    const child = Bun.spawn([binaryPath("release"), "demo"], {
      env: { ...cleanEnv(home.path), TMPDIR: temp.path },
      stdout: "pipe",
      stderr: "pipe",
    })
    const reader = child.stdout.getReader()
    await reader.read()
    expect(await readdir(temp.path)).toHaveLength(1)
    child.kill(signal)
    let said = ""
    for (let read = await reader.read(); !read.done; read = await reader.read())
      said += new TextDecoder().decode(read.value)
    expect(await child.exited).toBe(exit)
    expect(said).not.toContain("$ aim codex use --next")
    expect(await child.stderr.text()).toBe("")
    expect(await readdir(temp.path)).toEqual([])
  })

  test("without a temp folder it names it and the way out, in JSON too", async () => {
    const env = { TMPDIR: "/nowhere" }
    const told = await runAim(["demo"], { env })
    expect([told.code, told.stdout]).toEqual([1, ""])
    expect(told.stderr).toContain("no folder can be made in /nowhere (ENOENT)")
    expect(told.stderr).toContain("hint: set TMPDIR")
    const document = (await runAim(["demo", "--json"], { env })).json()
    expect(document).toMatchObject({ ok: false, error: { code: "no_temp_dir" } })
  })
})

describe("aim demo --keep", () => {
  test("serves the sandbox to other shells, and what its provider says is what counts", async () => {
    await using trapped = await tempHome()
    const env = await trap(trapped.path)
    const before = await picture(trapped.path)
    await using demo = await keptDemo()
    const use = async (script: string) => JSON.parse((await demo.shell(script, env)).stdout)
    const status = await use("aim status --json")
    expect(status.accounts.map(({ label }: { label: string }) => label).sort()).toEqual(
      [...LABELS].sort(),
    )
    expect(status.codexCli.activeLabel).toBe("qa")
    expect((await use("aim codex use --json")).activated.status).toBe("noop")

    const url = (await demo.shell('printf %s "$AIM_OPENAI_AUTH_URL"')).stdout
    const reset_at = Math.round(Date.now() / 1000) + 7200
    const spent = { account: "qa", primary: { used_percent: 100, reset_at } }
    await fetch(`${url}/__sim/usage`, { method: "POST", body: JSON.stringify(spent) })
    expect((await demo.shell("aim status --live", env)).code).toBe(0)
    expect((await use("aim codex use --json")).activated.receipt).toMatchObject({
      status: "activated",
      previousLabel: "qa",
      label: "studio",
    })
    expect(await picture(trapped.path)).toEqual(before)
  })

  test("ends at ctrl-C, and the sandbox stays to be read", async () => {
    await using demo = await keptDemo()
    const { code, said } = await demo.stop("SIGINT")
    expect(code).toBe(130)
    expect(said).toContain(`rm -r ${dirname(demo.enter)}`)
    const { stdout } = await demo.shell("aim status --cached")
    for (const label of LABELS) expect(stdout).toContain(label)
    const { mode } = await stat(demo.enter)
    expect(mode & 0o777).toBe(0o600)
    expect(await readFile(demo.enter, "utf8")).not.toContain(CANARY)
  })
})
