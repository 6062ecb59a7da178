import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { MINUTE } from "../../src/system/time.ts"
import { seeded } from "../domain/seeded.ts"
import { endStateOf, flawsOf } from "../e2e/support/end-state.ts"
import { diedWithReplyInHand, type Point } from "../e2e/support/fault-run.ts"
import { binaryPath, cleanEnv } from "../e2e/support/run-aim.ts"
import { leftovers, newestToken, placesOf, tornFiles } from "../e2e/support/token-places.ts"
import { isNewest, NIGHT_CLIENTS, type NightClient } from "./night-clients.ts"
import { tempFolder } from "./temp-folder.ts"
import { openWorld, type World } from "./world.ts"

const LABELS = ["boss", "lessons", "qa"]
const CLAUDE_LABELS = ["north", "south"]
/** Each client is looked after every five minutes, one after the other. */
const EVERY = (5 * MINUTE) / NIGHT_CLIENTS.length

/** What goes wrong in a tick; most have nothing of it. */
const TROUBLES = [
  ...["quiet", "quiet", "quiet", "quiet", "work", "work", "work", "work"],
  ...["usage_500", "usage_429", "usage_cut", "usage_html", "token_500", "token_429"],
  ...["rotated_by_client", "refused", "killed", "killed", "full_disk"],
] as const
type Trouble = (typeof TROUBLES)[number]

export type Night = {
  ticks: number
  /** How many ticks ended with each exit code. */
  codes: Record<string, number>
  troubles: Record<string, number>
  /** Logins that a kill between a reply and its bytes on disk cost; nothing can save those. */
  unlucky: string[]
  /** What became of a token whose newest pair stood nowhere, and what was torn or left lying. */
  faults: string[]
  labels: Record<string, string | null>
  files: number
  bytes: number
  /** The most memory that a tick held, and the first of them for comparison. */
  mostKb: number
  firstKb: number
}

/**
 * A night in short: so many ticks of the real binary, of Codex, Claude Code and Pi in turn, by a clock
 * that the issuers share, in which the network, an issuer, a client, the disk and `kill -9` get in
 * the way. Codex and Pi have the same labels.
 */
export async function playNight(ticks: number, seed: number): Promise<Night> {
  const random = seeded(seed)
  let shift = 0
  await using world = await openWorld(
    LABELS.map((name) => ({ name })),
    {
      claudeAccounts: CLAUDE_LABELS.map((name) => ({ name })),
      clock: () => Date.now() + shift,
    },
  )
  const beside = tempFolder("night")
  const clock = join(beside, "clock")
  await writeFile(clock, "0")
  for (const name of LABELS) await world.label(name)
  for (const name of CLAUDE_LABELS) await world.claudeLabel(name)
  for (const { id } of NIGHT_CLIENTS) await world.json(`${id} use`)
  const night: Night = {
    ...{ ticks, codes: {}, troubles: {}, unlucky: [], faults: [], labels: {} },
    ...{ files: 0, bytes: 0, mostKb: 0, firstKb: 0 },
  }
  for (let tick = 1; tick <= ticks; tick++) {
    shift += EVERY
    await writeFile(clock, String(shift))
    const client = NIGHT_CLIENTS[tick % NIGHT_CLIENTS.length] ?? NIGHT_CLIENTS[0]
    const trouble =
      ticks - tick < NIGHT_CLIENTS.length
        ? "quiet"
        : (TROUBLES[random.whole(0, TROUBLES.length - 1)] ?? "quiet")
    night.troubles[trouble] = (night.troubles[trouble] ?? 0) + 1
    await makeTrouble(world, client, trouble, random.next(), Date.now() + shift)
    const { code, points, kb } = await oneTick(world, beside, client, trouble, random.whole(1, 40))
    world.sim.clearFaults()
    night.codes[code] = (night.codes[code] ?? 0) + 1
    night.mostKb = Math.max(night.mostKb, kb)
    night.firstKb ||= kb
    const where = `seed ${seed}, tick ${tick} (${client.id}, ${trouble}, ${code})`
    for (const name of [...LABELS, ...CLAUDE_LABELS]) {
      const token = newestToken(world, name)
      if (token === null || (await placesOf(world, token)).length > 0) continue
      if (!diedWithReplyInHand(points))
        night.faults.push(`${where}: the newest login of ${name} is nowhere`)
      else night.unlucky.push(name)
      await loggedInAgain(world, name, clock)
    }
    for (const torn of await tornFiles(world)) night.faults.push(`${where}: ${torn}`)
  }
  for (const left of await leftovers(world))
    night.faults.push(`seed ${seed}, at the end: ${left} is left`)
  const end = await endStateOf(world)
  for (const flaw of flawsOf(end)) night.faults.push(`seed ${seed}, at the end: ${flaw}`)
  night.labels = Object.fromEntries(
    Object.entries(end.labels).map(([name, { verdict }]) => [name, verdict]),
  )
  return { ...night, ...(await sizeOf(join(world.home, ".aimgr"))) }
}

/** What the operator does about a login that is gone. */
async function loggedInAgain(world: World, name: string, clock: string): Promise<void> {
  if (CLAUDE_LABELS.includes(name)) {
    await world.claudeLabel(name)
    return
  }
  const dir = join(world.home, "logins", name)
  await world.login(name, { dir })
  await world.aim(`codex capture ${name} --source-home ${dir}`, {
    binary: "faults",
    env: { AIM_FAULT_CLOCK: clock },
  })
}

async function makeTrouble(
  world: World,
  client: NightClient,
  trouble: Trouble,
  luck: number,
  now: number,
): Promise<void> {
  const { sim } = world
  const active = (await endStateOf(world)).active[client.id]
  const name = typeof active === "string" ? active : client.first
  const path = trouble.startsWith("usage") ? client.usagePath : client.tokenPath
  if (trouble.endsWith("_500")) sim.addFault({ kind: "status", status: 500, path })
  if (trouble.endsWith("_429"))
    sim.addFault({ kind: "status", status: 429, path, headers: { "retry-after": "600" } })
  if (trouble === "usage_cut") sim.addFault({ kind: "cut", at: "before_reply", path })
  if (trouble === "usage_html") sim.addFault({ kind: "html", path })
  if (trouble === "rotated_by_client" && isNewest(world, name, await client.holds(world)))
    await client.renews(world, now)
  if (["refused", "token_500", "token_429", "killed", "full_disk"].includes(trouble))
    sim.expire(name, "access")
  if (trouble === "work") client.works(world, name, 5 + luck * 30)
}

async function oneTick(
  world: World,
  beside: string,
  { id }: NightClient,
  trouble: Trouble,
  at: number,
) {
  const record = join(beside, "points")
  await rm(record, { force: true })
  const killed = trouble === "killed" ? { AIM_FAULT_KILL: String(at) } : {}
  const limit = trouble === "full_disk" ? "trap '' XFSZ; ulimit -f 4; " : ""
  const child = Bun.spawn(
    ["sh", "-c", `${limit}exec "$0" ${id} watch --once`, binaryPath("faults")],
    {
      cwd: world.home,
      env: {
        ...cleanEnv(world.home),
        ...world.env,
        ...killed,
        AIM_FAULT_RECORD: record,
        AIM_FAULT_CLOCK: join(beside, "clock"),
      },
      stdin: "ignore",
      stdout: "ignore",
      stderr: "ignore",
    },
  )
  const code = await child.exited
  const kb = (child.resourceUsage()?.maxRSS ?? 0) / 1024
  const text = await readFile(record, "utf8").catch(() => "")
  const points = text
    .split("\n")
    .filter(Boolean)
    .map((row): Point => {
      const [step = "", place = ""] = row.split("\t")
      return { step, place }
    })
  return { code: String(code), points: code === 137 ? points : [], kb: Math.round(kb) }
}

async function sizeOf(folder: string): Promise<{ files: number; bytes: number }> {
  await mkdir(folder, { recursive: true })
  const names = [...new Bun.Glob("**/*").scanSync({ cwd: folder, dot: true })]
  const sizes = names.map((name) => Bun.file(join(folder, name)).size)
  return { files: names.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}
