import { chmod, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { tempFolder } from "../temp-folder.ts"
import type { FakeState } from "./fake-state.ts"

/** Stand-ins for the programs that lead to systemd and launchd, in a folder for the front of PATH. */
export type FakeManagers = {
  path: string
  state: () => Promise<FakeState>
  set: (change: Partial<FakeState>) => Promise<void>
  /** What was asked of them that changes something, a line a call; the list starts anew. */
  calls: () => Promise<string[]>
}

/** Managers that know nothing yet, with the units of these folders. */
export async function fakeManagers(folders: FakeState["folders"]): Promise<FakeManagers> {
  const dir = tempFolder("managers")
  const tools = join(dir, "tools")
  await mkdir(tools)
  const own = (name: string) => [process.execPath, join(import.meta.dir, name), dir]
  const quoted = (argv: string[]) => argv.map((word) => `'${word}'`).join(" ")
  const scripts = {
    systemctl: `exec ${quoted(own("fake-systemctl.ts"))} "$@"`,
    launchctl: `exec ${quoted(own("fake-launchctl.ts"))} "$@"`,
    loginctl: `sed -n 's/.*"linger":"\\([a-z]*\\)".*/Linger=\\1/p' '${dir}/state.json'`,
    sudo: `printf '["sudo %s"]\\n' "$*" >>'${dir}/calls.jsonl'\nexec "$@"`,
  }
  for (const [name, script] of Object.entries(scripts)) {
    await writeFile(join(tools, name), `#!/bin/sh\n${script}\n`)
    await chmod(join(tools, name), 0o755)
  }
  const file = join(dir, "state.json")
  const empty: FakeState = {
    ...{ answers: { user: true, system: true }, linger: "yes", folders },
    ...{ ticks: true, tickCode: 0, loaded: {}, enabled: [], active: [] },
    ...{ results: {}, lastAt: {} },
  }
  await writeFile(file, JSON.stringify(empty))
  const state = async () => JSON.parse(await readFile(file, "utf8")) as FakeState
  return {
    path: `${tools}:${process.env.PATH}`,
    state,
    set: async (change) => writeFile(file, JSON.stringify({ ...(await state()), ...change })),
    calls: async () => {
      const log = join(dir, "calls.jsonl")
      const lines = (await readFile(log, "utf8").catch(() => "")).split("\n").filter(Boolean)
      await writeFile(log, "")
      return lines.map((line) => (JSON.parse(line) as string[]).join(" "))
    },
  }
}
