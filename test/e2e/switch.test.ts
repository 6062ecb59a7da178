import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { chmod, mkdir, readdir, rm, stat, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"

const HOUR = 3600
const in5h = (used_percent: number) => ({
  used_percent,
  limit_window_seconds: 5 * HOUR,
  reset_at: Math.floor(Date.now() / 1000) + 4 * HOUR,
})
const weekly = (used_percent: number, days = 6) => ({
  used_percent,
  limit_window_seconds: 168 * HOUR,
  reset_at: Math.floor(Date.now() / 1000) + days * 24 * HOUR,
})

/** Every file below a folder with what tells whether it was touched. */
async function picture(dir: string): Promise<Record<string, string>> {
  const seen: Record<string, string> = {}
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || /\/(ledger\.db|locks\/)/.test(path)) continue
    const { ino, mtimeNs, mode } = await stat(path, { bigint: true })
    seen[path] = `${ino} ${mtimeNs} ${mode}`
  }
  return seen
}

describe("a switch", () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld([
      { name: "boss", primary: in5h(10), secondary: weekly(80) },
      { name: "qa", primary: in5h(10), secondary: weekly(20) },
    ])
    await world.label("boss")
    await world.label("qa")
  })
  afterAll(() => world[Symbol.asyncDispose]())

  test("writes the label with the best pace into an empty home, 0600, with a receipt", async () => {
    const { activated } = await world.json("codex use")
    expect(activated).toMatchObject({
      status: "activated",
      wrote: { auth: true },
      receipt: {
        action: "codex_use",
        label: "qa",
        reasons: ["best_pace_start", "no_current"],
        keptCurrent: false,
      },
    })
    const file = await world.auth()
    const vault = await world.vault()
    expect(file.tokens.refresh_token).toBe(vault.credentials["openai-codex"]?.qa?.refresh ?? "")
    expect(file).toMatchObject({
      auth_mode: "chatgpt",
      OPENAI_API_KEY: null,
      last_refresh: expect.any(String),
    })
    expect((await stat(join(world.codexHome, "auth.json"))).mode & 0o777).toBe(0o600)
    expect(vault.targets.codexCli).toMatchObject({
      activeLabel: "qa",
      lastSelectionReceipt: { label: "qa" },
    })
  })

  test("done again is a noop that touches no file", async () => {
    const before = await picture(world.home)
    const { activated } = await world.json("codex use")
    expect(activated).toMatchObject({ status: "noop", wrote: { auth: false } })
    expect(await picture(world.home)).toEqual(before)
  })

  test("foreseen is not done, and tells what will be done", async () => {
    const before = await picture(world.home)
    const foreseen = await world.json("codex use --next --dry-run")
    expect(await picture(world.home)).toEqual(before)
    expect(foreseen).toMatchObject({
      dryRun: true,
      activated: { status: "activated", receipt: { label: "boss" } },
    })
    const done = await world.json("codex use --next")
    expect(done.activated.receipt).toMatchObject({ label: "boss", previousLabel: "qa" })
  })

  test("captures what the client rotated before it overwrites it", async () => {
    const held = await world.auth()
    const account = world.sim.accounts().find(({ name }) => name === "boss")
    expect(account).toBeDefined()
    const reply = await fetch(`${world.sim.authUrl}/oauth/token`, {
      method: "POST",
      body: JSON.stringify({
        grant_type: "refresh_token",
        refresh_token: held.tokens.refresh_token,
        client_id: "app_EMoamEEZ73f0CkXaXp7hrann",
      }),
      headers: { "content-type": "application/json" },
    })
    const rotated = (await reply.json()) as {
      access_token: string
      refresh_token: string
      id_token: string
    }
    const file = {
      ...held,
      tokens: { ...held.tokens, ...rotated },
      last_refresh: new Date().toISOString(),
    }
    await writeFile(join(world.codexHome, "auth.json"), JSON.stringify(file))
    const { activated } = await world.json("codex use --next")
    expect(activated.receipt.captured).toEqual([
      { label: "boss", store: world.codexHome, reason: "newer_pair" },
    ])
    expect((await world.vault()).credentials["openai-codex"]?.boss?.refresh).toBe(
      rotated.refresh_token,
    )
    expect((await world.auth(join(world.home, "logins", "boss"))).tokens.refresh_token).toBe(
      rotated.refresh_token,
    )
    expect(activated.receipt.stores).toContainEqual(
      expect.objectContaining({ label: "boss", outcome: "reached" }),
    )
  })
})

describe("offline", () => {
  test("nothing live changes, and the commands still answer", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    await world.label("boss")
    await world.label("qa")
    await world.json("codex use")
    await world.sim.stop()
    await rm(join(world.home, ".aimgr", "ledger.db"))
    const before = await world.auth()
    const kept = await world.json("codex use")
    expect(kept.activated).toMatchObject({
      status: "noop",
      receipt: { reasons: ["usage_unknown"] },
    })
    await world.json("codex use --next", 1)
    expect(await world.auth()).toEqual(before)
    for (const command of ["status", "why", "codex show", "account list", "quarantine list"]) {
      expect((await world.aim(command)).code, command).toBe(0)
    }
  })
})

describe("a login of no label", () => {
  const foreign = JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: "sk-canary-foreign" })

  test("an API key is never overwritten unasked, and a copy of it is kept", async () => {
    await using world = await openWorld([{ name: "qa" }])
    await world.label("qa")
    await mkdir(world.codexHome)
    await writeFile(join(world.codexHome, "auth.json"), foreign)
    const refused = await world.aim("codex use --json")
    expect(refused.code).toBe(1)
    expect(JSON.stringify((await world.vault()).pool)).toContain("codex_target_unmanaged_login")
    expect(refused.stdout).toContain("codex_target_unmanaged_login")
    expect(refused.stdout + refused.stderr).not.toContain("sk-canary-foreign")
    expect(await Bun.file(join(world.codexHome, "auth.json")).text()).toBe(foreign)
    const replaced = await world.json("codex use --replace-unmanaged")
    expect(replaced.activated.status).toStartWith("activated")
    expect((await world.auth()).OPENAI_API_KEY).toBe("sk-canary-foreign")
    const [copy] = await readdir(join(world.home, ".aimgr", "replaced"))
    expect(await Bun.file(join(world.home, ".aimgr", "replaced", String(copy))).text()).toBe(
      foreign,
    )
  })

  test("a stranger's login is adopted as a label, or replaced and kept in quarantine", async () => {
    await using world = await openWorld([{ name: "qa" }, { name: "guest" }, { name: "third" }])
    await world.label("qa")
    await world.login("guest", { dir: world.codexHome })
    expect((await world.aim("codex use --json")).code).toBe(1)
    const adopting = await Bun.file(join(world.codexHome, "auth.json")).text()
    const { activated } = await world.json("codex use --adopt guest")
    expect(await Bun.file(String(activated.receipt.captured[0]?.keptAt)).text()).toBe(adopting)
    expect(Object.keys((await world.vault()).accounts)).toEqual(["qa", "guest"])
    expect(activated.receipt.warnings).toEqual([])
    const again = await world.json("codex use --adopt other")
    expect(again.activated.receipt.warnings).toMatchObject([
      { kind: "nothing_to_adopt", label: "other" },
    ])
    const both = await world.aim("codex use --adopt other --replace-unmanaged --json")
    expect([both.code, both.stdout]).toEqual([2, expect.stringContaining("conflicting_flags")])
    await world.login("third", { dir: world.codexHome })
    const { login } = await world.login("third", { dir: world.codexHome })
    const replaced = await world.json("codex use --replace-unmanaged")
    expect(replaced.activated.receipt).toMatchObject({ replacedLoginKeptAt: expect.any(String) })
    const [entry] = (await world.vault()).quarantine ?? []
    expect(entry).toMatchObject({ reason: "replaced_unmanaged", label: null })
    await world.json(`quarantine adopt ${entry?.id} third`)
    expect((await world.vault()).credentials["openai-codex"]?.third?.refresh).toBe(
      login.refreshToken,
    )
    expect((await world.vault()).quarantine).toEqual([])
  })
})

describe("homes", () => {
  test("a symlinked home and file stay links, loose modes are tightened", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    await world.label("boss")
    await world.label("qa")
    const real = join(world.home, "real")
    await mkdir(join(real, "secrets"), { recursive: true })
    await symlink(real, world.codexHome)
    await symlink(join(real, "secrets", "codex.json"), join(real, "auth.json"))
    await world.json("codex use")
    await chmod(join(real, "secrets", "codex.json"), 0o644)
    await world.json("codex use --next")
    expect(
      (await Bun.file(join(real, "auth.json")).exists()) &&
        (await stat(join(real, "secrets", "codex.json"))).mode & 0o777,
    ).toBe(0o600)
    expect((await Bun.$`readlink ${join(real, "auth.json")}`.text()).trim()).toBe(
      join(real, "secrets", "codex.json"),
    )
  })

  test("with --home, a CODEX_HOME outside it is refused before anything is read", async () => {
    await using world = await openWorld([{ name: "qa" }])
    const outside = await world.aim(`codex use --home ${world.home}/inner --json`, {
      env: { CODEX_HOME: join(world.home, "outer") },
    })
    expect(outside.code).toBe(2)
    expect(outside.stdout).toContain("home_escape")
    await mkdir(join(world.home, "inner"))
    await symlink(join(world.home, "outer"), join(world.home, "inner", ".codex"))
    const linked = await world.aim(`codex use --home ${world.home}/inner --json`)
    expect(linked.stdout).toContain("home_escape")
  })
})

test("a typo gets the nearest command", async () => {
  await using world = await openWorld([{ name: "boss" }])
  const typo = await world.aim("statsu")
  expect(typo).toMatchObject({ code: 2, stderr: expect.stringContaining("the nearest is") })
})

describe("nothing can serve", () => {
  test("blocks with the earliest reset, and leaves the live login", async () => {
    await using world = await openWorld([
      { name: "boss", primary: in5h(100), secondary: weekly(50) },
      { name: "qa", primary: in5h(100), secondary: weekly(50) },
    ])
    await world.label("boss")
    await world.login("qa", { dir: world.codexHome })
    await world.json("codex capture qa")
    const before = await world.auth()
    const { ok, activated } = await world.json("codex use --next", 1)
    expect(ok).toBe(false)
    expect(activated.receipt).toMatchObject({ status: "blocked", wroteAuthJson: false })
    expect(activated.receipt.blockers[0]).toMatchObject({
      kind: "nothing_can_serve",
      earliestResetAt: expect.any(String),
    })
    expect(await world.auth()).toEqual(before)
  })
})
