import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type Locator, parseLocator, type SshLocator } from "../../src/authority/locator.ts"
import type { Homes } from "../../src/system/homes.ts"
import { binaryPath } from "../e2e/support/run-aim.ts"
import { type Sshd, startSshd } from "./sshd.ts"
import { tempFolder } from "./temp-folder.ts"
import { openWorld, type World } from "./world.ts"

/** Which program is called `aim` on the authority, and where it stands. */
export type RemoteAim = "aim" | "local-bin" | "none" | "foreign" | "reference" | { path: string }

/** An authority with a home and a simulator of its own behind a real sshd, and a consumer's homes. */
export type AuthorityWorld = AsyncDisposable & {
  /** The authority's home. */
  there: World
  sshd: Sshd
  /** The consumer's side, whose `ssh` knows the authority as `studio`. */
  homes: Homes
  locator: SshLocator
  locate: (text: string) => Locator
  /** Everything that the authority has sent over ssh so far. */
  crossed: () => Promise<string>
  /** The authority's state file. */
  state: string
  /** The folder in which its `aim` stands. */
  remoteBin: string
}

type Options = { aim?: RemoteAim; claude?: readonly string[]; env?: Record<string, string> }

const BASE = "/usr/local/bin:/usr/bin:/bin"

/** Opens an authority that has these Codex accounts as labels, and Claude ones too. */
export async function openAuthority(
  accounts: readonly string[] = ["boss"],
  { aim = "aim", claude = [], env = {} }: Options = {},
): Promise<AuthorityWorld> {
  const there = await openWorld(
    accounts.map((name) => ({ name })),
    { claudeAccounts: claude.map((name) => ({ name })) },
  )
  for (const name of accounts) await there.label(name)
  for (const name of claude) await there.claudeLabel(name)
  const bin = await installAim(there.home, aim)
  const sshd = await startSshd({
    home: there.home,
    path: bin === null ? BASE : `${bin}:${BASE}`,
    env: { ...there.env, ...env },
  })
  const userHome = tempFolder("consumer")
  const wire = tempFolder("wire")
  const homes: Homes = {
    userHome,
    sandboxed: true,
    stateFile: join(userHome, ".aimgr", "secrets.json"),
    cwd: userHome,
    env: { ...there.env, HOME: userHome, PATH: `${sshd.clientPath}:${BASE}`, AIM_TEST_WIRE: wire },
  }
  const locate = (text: string) => parseLocator(text, homes)
  const locator = locate("ssh://studio")
  if (locator.kind !== "ssh") throw new Error("no ssh locator")
  return {
    there,
    sshd,
    homes,
    locator,
    locate,
    crossed: () => readFile(join(wire, "out"), "utf8"),
    state: join(there.home, ".aimgr", "secrets.json"),
    remoteBin: bin ?? join(there.home, ".local", "bin"),
    [Symbol.asyncDispose]: async () => {
      await sshd[Symbol.asyncDispose]()
      await there[Symbol.asyncDispose]()
    },
  }
}

/** Puts the program in place; gives the folder for PATH, or null where PATH does not lead there. */
async function installAim(home: string, aim: RemoteAim): Promise<string | null> {
  if (aim === "none") return null
  const bin = aim === "local-bin" ? join(home, ".local", "bin") : tempFolder("remote-bin")
  await mkdir(bin, { recursive: true })
  const file = join(bin, "aim")
  if (aim === "aim" || aim === "local-bin") await symlink(binaryPath("release"), file)
  else await writeScript(file, scriptOf(aim))
  return aim === "local-bin" ? null : bin
}

function scriptOf(aim: "foreign" | "reference" | { path: string }): string {
  if (aim === "foreign") return 'echo "Aim v3.17.5"; echo "$@" >> "$HOME/foreign-calls"'
  if (aim === "reference")
    return `exec '${process.execPath}' '${join(import.meta.dir, "reference-stand-in.ts")}' "$@"`
  return `exec node '${join(aim.path, "bin", "aimgr.js")}' "$@"`
}

/** Writes a program of the shell. */
export async function writeScript(file: string, text: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${text}\n`)
  await chmod(file, 0o755)
}
