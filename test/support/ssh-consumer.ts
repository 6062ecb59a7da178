import { expect } from "bun:test"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { runAim } from "../e2e/support/run-aim.ts"
import type { AuthorityWorld } from "./authority-world.ts"
import { tempFolder } from "./temp-folder.ts"

type State = { credentials: Record<string, Record<string, { refresh: string }>> }

/** A consumer's home of its own, from which the compiled aim reaches the authority over ssh. */
export function consumerOf(world: AuthorityWorld) {
  const home = tempFolder("ssh-consumer")
  const env = Object.fromEntries(
    Object.entries(world.homes.env).filter(([name]) => !["HOME", "AIM_TEST_WIRE"].includes(name)),
  ) as Record<string, string>
  const aim = (args: string) => runAim(args.split(" "), { home, env })
  return {
    home,
    aim,
    json: async <T = Record<string, unknown>>(args: string, code = 0): Promise<T> => {
      const result = await aim(`${args} --json`)
      expect(result.code, `aim ${args}: ${result.stdout}${result.stderr}`).toBe(code)
      return result.json() as T
    },
    stored: (label: string) => storedIn(join(home, ".aimgr", "secrets.json"), label),
    /** A login that is made here, as a person would make it. */
    login: async (account: string) => {
      const dir = tempFolder("login")
      await world.there.login(account, { dir })
      const result = await aim(`codex capture ${account} --source-home ${dir}`)
      expect(result.code, result.stdout + result.stderr).toBe(0)
    },
  }
}

/** The refresh token that a state file holds for a label. */
export async function storedIn(file: string, label: string): Promise<string | undefined> {
  const state = JSON.parse(await readFile(file, "utf8")) as State
  return state.credentials["openai-codex"]?.[label]?.refresh
}

export const SYNC = "sync codex --from ssh://studio"
export const PROMOTE = "promote codex --to ssh://studio boss"
