import { Database } from "bun:sqlite"
import { describe, expect, test } from "bun:test"
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { findCommand } from "../../src/cli/find-command.ts"
import { COMMANDS } from "../../src/cli/table/table.ts"
import type { Fault } from "../../src/simulator/fault.ts"
import { CANARY } from "../../src/simulator/tokens.ts"
import { writeClaudeBundle } from "../support/claude-fixtures.ts"
import { openWorld, type World } from "../support/world.ts"
import { filesBelow } from "./support/home-picture.ts"
import { ALONE, bringings, EVERYDAY, takings } from "./support/leak-commands.ts"

const TOKEN = "/oauth/token"
const USAGE = "/backend-api/wham/usage"
const FAULTS: [string, Fault[]][] = [
  ["nothing wrong", []],
  ["a page for a reply", [{ path: "*", kind: "html" }]],
  ["half of a reply", [{ path: "*", kind: "garbled" }]],
  [
    "401 with the token in it",
    [
      {
        path: "*",
        kind: "status",
        status: 401,
        body: { error: { message: CANARY, code: CANARY } },
      },
    ],
  ],
  ["500 with the token in it", [{ path: "*", kind: "status", status: 500, body: CANARY }]],
  ["another's tokens", [{ path: TOKEN, kind: "other_account", as: "thief" }]],
  [
    "a redirect that carries it",
    [{ path: "*", kind: "redirect", location: `http://127.0.0.1:1/${CANARY}` }],
  ],
  ["what is not gzip", [{ path: "*", kind: "gzip_garbage" }]],
  ["a reply without its refresh token", [{ path: TOKEN, kind: "drop", keys: ["refresh_token"] }]],
  [
    "a refusal for good with the token in it",
    [
      {
        path: TOKEN,
        kind: "status",
        status: 400,
        body: { error: "invalid_grant", error_description: CANARY },
      },
    ],
  ],
  ["a cut", [{ path: TOKEN, kind: "cut", at: "half_body" }]],
  [
    "numbers that lie",
    [
      {
        path: USAGE,
        kind: "set",
        values: { email: CANARY, "rate_limit.primary_window.used_percent": CANARY },
      },
    ],
  ],
]

/** Where tokens may stand: the vault and its backups, kept replies, clients' own files, put-aside logins. */
const MAY_HOLD =
  /\/(secrets\.json(\.bak\.[\d-]+)?|auth\.json|native\.json|\.credentials\.json)$|\/\.aimgr\/(inflight|replaced)\/[^/]+$/

/** The canary, or the readable part of an access token, whose signature alone holds the canary. */
function holdsToken(text: string): boolean {
  return text.includes(CANARY) || /eyJ[\w-]{8,}\.eyJ|\beyJ[\w-]{60,}/.test(text)
}

async function leaksOnDisk(world: World): Promise<string[]> {
  const leaks: string[] = []
  for (const path of await filesBelow(world.home)) {
    const holds = holdsToken((await readFile(path)).toString("latin1"))
    if (holds && !MAY_HOLD.test(path)) leaks.push(path)
    if (holds && ((await stat(path)).mode & 0o077) !== 0)
      leaks.push(`${path} can be read by others`)
    if (holds && path.includes("/.aimgr/") && ((await stat(dirname(path))).mode & 0o077) !== 0)
      leaks.push(`the folder of ${path} can be looked into by others`)
    if (path.includes(CANARY)) leaks.push(`the name ${path}`)
  }
  return leaks
}

/** Every text in every table of the ledger, the journal folded in. */
function ledgerText(world: World): string {
  const ledger = new Database(join(world.home, ".aimgr", "ledger.db"))
  try {
    const tables = ledger
      .query<{ name: string }, []>("select name from sqlite_master where type = 'table'")
      .all()
    return JSON.stringify(tables.map(({ name }) => ledger.query(`select * from "${name}"`).all()))
  } finally {
    ledger.close()
  }
}

async function captured(accounts: string[]): Promise<World> {
  const claudeAccounts = [{ name: "spare" }]
  const world = await openWorld(
    [...accounts, "thief"].map((name) => ({ name })),
    { claudeAccounts },
  )
  for (const name of accounts) await world.label(name)
  const { login } = await world.claudeLogin("spare")
  const native = world.sim.claude.files(login)
  await writeFile(join(world.home, "words"), "words, and no token\n")
  await writeClaudeBundle(join(world.home, "native.json"), native)
  // An authority beside this home, which has what stands here.
  await mkdir(join(world.home, "authority"), { mode: 0o700 })
  const state = await readFile(join(world.home, ".aimgr", "secrets.json"))
  await writeFile(join(world.home, "authority", "secrets.json"), state, { mode: 0o600 })
  world.sim.typeDevices("thief")
  return world
}

async function expectSilent(world: World, command: string, env: Record<string, string> = {}) {
  const { stdout, stderr } = await world.aim(command, { env })
  expect(holdsToken(stdout), `aim ${command}: ${stdout}`).toBe(false)
  expect(holdsToken(stderr), `aim ${command}: ${stderr}`).toBe(false)
}

test("every command of the table is typed here", () => {
  const lines = [...EVERYDAY, ...takings("id"), ...bringings("name"), ...ALONE]
  const typed = new Set(lines.map((line) => findCommand(line.split(" ")).path))
  expect(COMMANDS.map(({ path }) => path).filter((path) => !typed.has(path))).toEqual([])
})

describe("no token is printed, logged or left about", () => {
  test.each(FAULTS)(
    "%s",
    async (_name, faults) => {
      for (const env of [{}, { AIM_DEBUG: "1", BUN_CONFIG_VERBOSE_FETCH: "curl" }] as Record<
        string,
        string
      >[]) {
        await using world = await captured(["boss", "qa"])
        const temps = join(world.home, "temps")
        await mkdir(temps)
        for (const fault of faults) world.sim.addFault(fault)
        for (const command of EVERYDAY) {
          await expectSilent(world, command, { ...env, TMPDIR: temps })
        }
        expect(await leaksOnDisk(world)).toEqual([])
        expect(await readdir(temps)).toEqual([])
        expect(holdsToken(ledgerText(world))).toBe(false)
      }
    },
    120_000,
  )

  test("the commands that take logins in, put them aside, bring them back and let them go", async () => {
    for (const env of [{}, { AIM_DEBUG: "1", BUN_CONFIG_VERBOSE_FETCH: "curl" }]) {
      await using world = await captured(["boss", "qa"])
      await world.json("codex use")
      const guest = await world.login("thief", { dir: join(world.home, "logins", "thief") })
      await writeFile(
        join(world.codexHome, "auth.json"),
        await readFile(join(guest.dir, "auth.json")),
      )
      for (const command of ["codex use", "codex show", "status", "codex use --replace-unmanaged"])
        await expectSilent(world, command, env)
      const [entry] = (await world.vault()).quarantine ?? []
      const { backups } = await world.json<{ backups: { name: string }[] }>("restore")
      const commands = [...takings(String(entry?.id)), ...bringings(String(backups.at(-1)?.name))]
      for (const command of commands) await expectSilent(world, command, env)
      expect(await leaksOnDisk(world)).toEqual([])
      expect(holdsToken(ledgerText(world))).toBe(false)
    }
  })

  test("the demo, which has logins of its own, leaves none behind", async () => {
    await using world = await openWorld([])
    const temps = join(world.home, "temps")
    await mkdir(temps)
    for (const command of ALONE) await expectSilent(world, command, { TMPDIR: temps })
    expect([await leaksOnDisk(world), await readdir(temps)]).toEqual([[], []])
  })

  test("a broken vault, a broken home and a token typed by mistake are not echoed", async () => {
    await using world = await captured(["boss"])
    const token = world.sim.mintLogin("boss").refreshToken
    const typed = [
      `codex capture ${token}`,
      `quarantine adopt ${token} boss`,
      `codex capture boss --source-home ${token}`,
    ]
    for (const command of typed) await world.aim(command)
    await world.json("codex use")
    await writeFile(join(world.codexHome, "auth.json"), `{"tokens": {"refresh_token": "${token}`)
    const vault = join(world.home, ".aimgr", "secrets.json")
    const whole = await readFile(vault, "utf8")
    for (const text of [whole, whole.slice(0, -40)]) {
      await writeFile(vault, text)
      for (const command of [
        "status --json",
        "codex show --json",
        "codex use --json",
        "why",
        "refresh --all",
      ]) {
        const { stdout, stderr } = await world.aim(command, { env: { AIM_DEBUG: "1" } })
        expect(stdout + stderr, `aim ${command}`).not.toContain(CANARY)
      }
    }
    expect(ledgerText(world)).not.toContain(CANARY)
  })

  test("while it works: not in its arguments, its environment or its children's", async () => {
    await using world = await captured(["boss"])
    world.sim.addFault({ path: TOKEN, kind: "hold" })
    const running = world.aim("refresh boss --force")
    await world.sim.arrived(({ path }) => path === TOKEN)
    const seen: string[] = []
    for (const pid of new Bun.Glob("*/cmdline").scanSync({ cwd: "/proc", onlyFiles: false })) {
      const dir = join("/proc", pid, "..")
      const text = await Promise.all(
        ["cmdline", "environ", "comm"].map((name) =>
          readFile(join(dir, name), "utf8").catch(() => ""),
        ),
      )
      if (text.join("").includes(CANARY)) seen.push(dir)
    }
    expect(seen).toEqual([])
    expect(await leaksOnDisk(world)).toEqual([])
    world.sim.release()
    expect((await running).code).toBe(0)
  })
})
