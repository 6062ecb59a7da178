import { Database } from "bun:sqlite"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { openWorld, type World } from "../../support/world.ts"
import { binaryPath, cleanEnv, type RunResult } from "./run-aim.ts"
import { type Stage, setStage } from "./stage.ts"

/** A home after a first day: two labels, a switch, readings, receipts. */
export async function lived(): Promise<Stage> {
  const world = await openWorld([{ name: "boss" }, { name: "qa" }])
  for (const label of ["boss", "qa"]) await world.label(label)
  await world.json("codex use")
  await world.json("status --live")
  const stage = await setStage(world)
  return {
    ...stage,
    [Symbol.asyncDispose]: async () => {
      await stage[Symbol.asyncDispose]()
      await world[Symbol.asyncDispose]()
    },
  }
}

export function ledgerOf(world: World): string {
  return join(world.home, ".aimgr", "ledger.db")
}

/** The ledger's file and its companions, with their bytes; folders and pipes by their kind. */
export function ledgerFiles(world: World): Map<string, string> {
  const folder = join(world.home, ".aimgr")
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name.startsWith("ledger.db"))
    .map((entry): [string, string] => {
      const path = join(folder, entry.name)
      return [entry.name, entry.isFile() ? readFileSync(path, "latin1") : "no file"]
    })
  return new Map(entries)
}

/** Takes the bytes from `from` on, as many as `length`, for noise, as a bad disk does. */
export function spoil(file: string, from: number, length: number): void {
  const bytes = readFileSync(file)
  bytes.fill(0xa5, from, Math.min(bytes.length, from + length))
  writeFileSync(file, bytes)
}

/** Runs a statement on the ledger, as nobody should. */
export function alter(world: World, statement: string): void {
  const database = new Database(ledgerOf(world), { readwrite: true, create: false })
  database.run(statement)
  database.close()
}

/** Runs aim through another program, such as a shell with a limit set. */
export async function runThrough(
  prefix: readonly string[],
  world: World,
  args: string,
): Promise<RunResult> {
  const child = Bun.spawn([...prefix, binaryPath("release"), ...args.split(" ")], {
    env: { ...cleanEnv(world.home), ...world.env },
    cwd: world.home,
    stdin: "ignore",
    stderr: "pipe",
    timeout: 180_000,
    killSignal: "SIGKILL",
  })
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()])
  return { code: await child.exited, stdout, stderr, json: () => JSON.parse(stdout) }
}

/**
 * What makes the rights of a file bind: nothing for a user, for root a shell without the two powers
 * that stand over them. Fails by name where that can't be had.
 */
export async function underRights(world: World): Promise<string[]> {
  const powers = "-dac_override,-dac_read_search"
  const prefix =
    process.getuid?.() === 0
      ? ["setpriv", `--bounding-set=${powers}`, `--inh-caps=${powers}`, "--"]
      : []
  const probe = join(world.home, "probe")
  writeFileSync(probe, "", { mode: 0o400 })
  const child = Bun.spawn([...prefix, "sh", "-c", `echo x >> ${basename(probe)}`], {
    cwd: world.home,
    stderr: "pipe",
  })
  const said = await child.stderr.text()
  if ((await child.exited) === 0 || !/denied/i.test(said))
    throw new Error(`the rights of files can't be made to bind here (setpriv): ${said}`)
  return prefix
}
