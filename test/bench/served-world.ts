import { spawnSync } from "node:child_process"
import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export type Served = { labels: string[]; home: string; env: Record<string, string> }

/** Homes below one folder that goes away at the end; aim is run in them by {@link Homes.env}. */
export type Homes = Disposable & {
  labels: string[]
  /** Thirty labels whose readings are of this minute, Codex switched to one: nothing else is known. */
  young: string
  /** The same, once more, for a ledger of a year. */
  year: string
  /** And for what a year of a watch leaves. */
  ticked: string
  /** Nothing at all. */
  none: string
  env: (home: string) => Record<string, string>
}

/** Starts test/bench/world.ts, waits until it serves, and makes the homes. */
export async function servedHomes(aim: string): Promise<Homes> {
  const folder = mkdtempSync(join(tmpdir(), "aim-bench-"))
  const young = join(folder, "young")
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "world.ts"), young], {
    stdin: "ignore",
    stdout: "pipe",
  })
  const clear = () => {
    child.kill("SIGKILL")
    rmSync(folder, { recursive: true, force: true })
  }
  const { value } = await child.stdout.getReader().read()
  if (value === undefined) {
    clear()
    throw new Error("test/bench/world.ts ended before it served")
  }
  const { labels, env } = JSON.parse(new TextDecoder().decode(value)) as Served
  const environment = (home: string) => ({
    PATH: process.env.PATH ?? "",
    HOME: home,
    LANG: "C.UTF-8",
    ...env,
  })
  spawnSync(aim, ["codex", "use"], { env: environment(young), stdio: "ignore" })
  const copy = (name: string) => {
    const home = join(folder, name)
    cpSync(young, home, { recursive: true, preserveTimestamps: true })
    return home
  }
  const [year, ticked] = [copy("year"), copy("ticked")]
  const none = mkdtempSync(join(folder, "none-"))
  return { labels, young, year, ticked, none, env: environment, [Symbol.dispose]: clear }
}
