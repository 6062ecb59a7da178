import { dirname, join } from "node:path"
import type { Simulator } from "../../simulator/contract.ts"
import { ensurePrivateDir, writeAtomic } from "../../system/files.ts"
import { selfPath } from "../../system/spawn.ts"
import type { Part } from "./cast.ts"

/** The homes of clients that a user's environment may name, all outside the sandbox. */
const CLIENT_HOMES = [
  "CODEX_HOME",
  "CLAUDE_CONFIG_DIR",
  "PI_CODING_AGENT_DIR",
  "OPENCLAW_STATE_DIR",
  "HERMES_HOME",
]

/** Logs each account in with Codex as its owner would have done it: one home a login. */
export async function logIn(
  sandbox: string,
  simulator: Simulator,
  cast: readonly Part[],
): Promise<void> {
  for (const { account, home } of cast) {
    const folder = join(sandbox, home)
    await ensurePrivateDir(folder)
    await writeLogin(folder, simulator.authJson(simulator.mintLogin(account.name)))
  }
}

/** Puts a login into a Codex home as Codex itself would. */
export function writeLogin(home: string, login: object): Promise<void> {
  return writeAtomic(join(home, "auth.json"), `${JSON.stringify(login, null, 2)}\n`)
}

/**
 * The whole environment of the demo's commands: of the user's own only what a program needs to
 * run, so that no variable leads out of the sandbox.
 */
export function cleanEnvironment(
  home: string,
  simulator: Simulator,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return {
    PATH: env.PATH ?? "/usr/local/bin:/usr/bin:/bin",
    ...(env.TZ === undefined ? {} : { TZ: env.TZ }),
    HOME: home,
    ...providerUrls(simulator),
  }
}

/**
 * Writes what another terminal has to read (`. <file>`) to go on in the sandbox with plain `aim`
 * commands, and gives its path.
 */
export async function writeEntrance(home: string, simulator: Simulator): Promise<string> {
  const variables = { AIM_HOME: home, ...providerUrls(simulator) }
  const lines = [
    `# Leads a shell into the sandbox of \`aim demo --keep\`; a new shell is out of it again.`,
    `unset ${CLIENT_HOMES.join(" ")}`,
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`),
    `export PATH=${quoted(dirname(selfPath()))}:"$PATH"`,
  ]
  const file = join(home, "enter.sh")
  await writeAtomic(file, `${lines.join("\n")}\n`)
  return file
}

function providerUrls({ authUrl, chatgptUrl }: Simulator): Record<string, string> {
  return { AIM_OPENAI_AUTH_URL: authUrl, AIM_CHATGPT_URL: chatgptUrl }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
