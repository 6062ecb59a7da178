import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { renewAsCodex } from "../../src/operations/demo/client.ts"
import { MINUTE } from "../../src/system/time.ts"
import { seeded } from "../domain/seeded.ts"
import { endStateOf } from "../e2e/support/end-state.ts"
import { diedWithReplyInHand, type Point } from "../e2e/support/fault-run.ts"
import { binaryPath, cleanEnv } from "../e2e/support/run-aim.ts"
import { leftovers, newestToken, placesOf, tornFiles } from "../e2e/support/token-places.ts"
import { tempFolder } from "./temp-folder.ts"
import { openWorld, type World } from "./world.ts"

const LABELS = ["boss", "lessons", "qa"]
const USAGE = "/backend-api/wham/usage"
const TOKEN = "/oauth/token"
const EVERY = 5 * MINUTE

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
}

/**
 * A night in short: so many ticks of the real binary, five minutes apart by a clock that the issuer
 * shares, in which the network, the issuer, a client, the disk and `kill -9` get in the way.
 */
export async function playNight(ticks: number, seed: number): Promise<Night> {
  const random = seeded(seed)
  let shift = 0
  await using world = await openWorld(
    LABELS.map((name) => ({ name })),
    { clock: () => Date.now() + shift },
  )
  const beside = tempFolder("night")
  const clock = join(beside, "clock")
  await writeFile(clock, "0")
  for (const name of LABELS) await world.label(name)
  await world.json("codex use")
  const night: Night = {
    ...{ ticks, codes: {}, troubles: {}, unlucky: [], faults: [], labels: {} },
    ...{ files: 0, bytes: 0 },
  }
  for (let tick = 1; tick <= ticks; tick++) {
    shift += EVERY
    await writeFile(clock, String(shift))
    const trouble =
      tick === ticks ? "quiet" : (TROUBLES[random.whole(0, TROUBLES.length - 1)] ?? "quiet")
    night.troubles[trouble] = (night.troubles[trouble] ?? 0) + 1
    await makeTrouble(world, trouble, random.next())
    const { code, points } = await oneTick(world, beside, trouble, random.whole(1, 40))
    world.sim.clearFaults()
    night.codes[code] = (night.codes[code] ?? 0) + 1
    const where = `seed ${seed}, tick ${tick} (${trouble}, ${code})`
    for (const name of LABELS) {
      const token = newestToken(world, name)
      if (token === null || (await placesOf(world, token)).length > 0) continue
      if (!diedWithReplyInHand(points))
        night.faults.push(`${where}: the newest login of ${name} is nowhere`)
      else night.unlucky.push(name)
      await world.login(name, { dir: join(world.home, "logins", name) })
      await world.aim(`codex capture ${name} --source-home ${join(world.home, "logins", name)}`, {
        binary: "faults",
        env: { AIM_FAULT_CLOCK: clock },
      })
    }
    for (const torn of await tornFiles(world)) night.faults.push(`${where}: ${torn}`)
  }
  for (const left of await leftovers(world)) night.faults.push(`at the end: ${left} is left`)
  night.labels = Object.fromEntries(
    Object.entries((await endStateOf(world)).labels).map(([name, { verdict }]) => [name, verdict]),
  )
  return { ...night, ...(await sizeOf(join(world.home, ".aimgr"))) }
}

async function makeTrouble(world: World, trouble: Trouble, luck: number): Promise<void> {
  const { sim } = world
  const active = (await endStateOf(world)).active.codex
  const name = typeof active === "string" ? active : (LABELS[0] ?? "")
  const path = trouble.startsWith("usage") ? USAGE : TOKEN
  if (trouble.endsWith("_500")) sim.addFault({ kind: "status", status: 500, path })
  if (trouble.endsWith("_429"))
    sim.addFault({ kind: "status", status: 429, path, headers: { "retry-after": "600" } })
  if (trouble === "usage_cut") sim.addFault({ kind: "cut", at: "before_reply", path })
  if (trouble === "usage_html") sim.addFault({ kind: "html", path })
  if (trouble === "rotated_by_client") await renewAsCodex(sim, world.codexHome).catch(() => {})
  if (["refused", "token_500", "token_429", "killed", "full_disk"].includes(trouble))
    sim.expire(name, "access")
  if (trouble === "work") {
    const used = sim.accounts().find((each) => each.name === name)?.primary?.used_percent ?? 0
    sim.setUsage(name, { primary: { used_percent: Math.min(100, used + 5 + luck * 30) } })
  }
}

async function oneTick(world: World, beside: string, trouble: Trouble, at: number) {
  const record = join(beside, "points")
  await rm(record, { force: true })
  const killed = trouble === "killed" ? { AIM_FAULT_KILL: String(at) } : {}
  const limit = trouble === "full_disk" ? "trap '' XFSZ; ulimit -f 4; " : ""
  const child = Bun.spawn(
    ["sh", "-c", `${limit}exec "$0" codex watch --once`, binaryPath("faults")],
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
  const text = await readFile(record, "utf8").catch(() => "")
  const points = text
    .split("\n")
    .filter(Boolean)
    .map((row): Point => {
      const [step = "", place = ""] = row.split("\t")
      return { step, place }
    })
  return { code: String(code), points: code === 137 ? points : [] }
}

async function sizeOf(folder: string): Promise<{ files: number; bytes: number }> {
  await mkdir(folder, { recursive: true })
  const names = [...new Bun.Glob("**/*").scanSync({ cwd: folder, dot: true })]
  const sizes = names.map((name) => Bun.file(join(folder, name)).size)
  return { files: names.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}
