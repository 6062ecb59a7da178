import { Database } from "bun:sqlite"
import { expect } from "bun:test"
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import type { Fault } from "../../../src/simulator/fault.ts"
import { CANARY } from "../../../src/simulator/tokens.ts"
import { writeClaudeBundle } from "../../support/claude-fixtures.ts"
import { openWorld, type World } from "../../support/world.ts"
import { filesBelow } from "./home-picture.ts"
import { ASKING, EVERYDAY } from "./leak-commands.ts"

export type Env = Readonly<Record<string, string>>

/** As a user runs it, and with everything said that can be said. */
export const PLAIN: Env = {}
export const TALKING: Env = { AIM_DEBUG: "1", BUN_CONFIG_VERBOSE_FETCH: "curl" }

/** Where tokens may stand: the vault and its backups, kept replies, clients' own files, put-aside logins. */
const MAY_HOLD =
  /\/(secrets\.json(\.bak\.[\d-]+)?|auth\.json|native\.json|\.credentials\.json)$|\/\.aimgr\/(inflight|replaced)\/[^/]+$/

/** The canary, or the readable part of an access token, whose signature alone holds the canary. */
export function holdsToken(text: string): boolean {
  return text.includes(CANARY) || /eyJ[\w-]{8,}\.eyJ|\beyJ[\w-]{60,}/.test(text)
}

/** What of a home holds a token where none may be, or where others can read it. */
export async function leaksOnDisk(world: World): Promise<string[]> {
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
export function ledgerText(world: World): string {
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

/** A pool of these labels with everything beside it that {@link EVERYDAY} names. */
export async function captured(accounts: string[]): Promise<World> {
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

/** Runs a command, and fails if it prints a token. */
export async function expectSilent(
  world: World,
  command: string,
  env: Record<string, string> = {},
) {
  const { stdout, stderr } = await world.aim(command, { env })
  expect(holdsToken(stdout), `aim ${command}: ${stdout}`).toBe(false)
  expect(holdsToken(stderr), `aim ${command}: ${stderr}`).toBe(false)
}

/**
 * Types what a user types at a pool, the provider answering with these faults: no token shows. A
 * command that asks a provider is one of {@link ASKING}, or a fault would not be tried with it.
 */
export async function expectEverydaySilent(
  faults: readonly Fault[],
  env: Env,
  commands: readonly string[] = EVERYDAY,
): Promise<void> {
  await using world = await captured(["boss", "qa"])
  const temps = join(world.home, "temps")
  await mkdir(temps)
  for (const fault of faults) world.sim.addFault(fault)
  for (const command of commands) {
    const asked = world.sim.log().length
    await expectSilent(world, command, { ...env, TMPDIR: temps })
    if (world.sim.log().length > asked) expect(ASKING).toContain(command)
  }
  expect(await leaksOnDisk(world)).toEqual([])
  expect(await readdir(temps)).toEqual([])
  expect(holdsToken(ledgerText(world))).toBe(false)
}
