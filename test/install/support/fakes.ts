import { mkdir, readFile, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"

/** A program that is, to the installer, aim of that version: a few bytes instead of 110 MB. */
export const standIn = (version: string) =>
  `#!/bin/sh\n[ "$1" = --version ] && echo "aim ${version}"\n`

/** Writes a program into a folder that is made if need be; gives its path. */
export async function program(dir: string, name: string, script: string): Promise<string> {
  await mkdir(dir, { recursive: true })
  const path = join(dir, name)
  await writeFile(path, script, { mode: 0o755 })
  return path
}

export type Machine = {
  os?: string
  cpu?: string
  /** What `ldd --version` prints; null for a machine without ldd. */
  ldd?: string
  translated?: boolean
  bits?: number
}

/** A folder for the front of PATH in which the programs that tell of a machine tell of this one. */
export async function machine(dir: string, told: Machine): Promise<string> {
  const { os = "Linux", cpu = "x86_64", ldd = "ldd (GNU libc) 2.39", bits = 64 } = told
  await program(dir, "uname", `#!/bin/sh\n[ "$1" = -s ] && echo '${os}' || echo '${cpu}'\n`)
  // musl's ldd tells its version on stderr and fails.
  await program(dir, "ldd", `#!/bin/sh\necho '${ldd}' >&2\nexit 1\n`)
  await program(dir, "getconf", `#!/bin/sh\necho ${bits}\n`)
  await program(dir, "sysctl", `#!/bin/sh\necho ${told.translated === true ? 1 : 0}\n`)
  return dir
}

/** A folder with these programs of this machine and nothing else, to stand as the whole PATH. */
export async function toolsOnly(dir: string, names: readonly string[]): Promise<string> {
  await mkdir(dir, { recursive: true })
  for (const name of names) {
    const path = Bun.which(name)
    if (path === null) throw new Error(`this machine has no ${name}`)
    await symlink(path, join(dir, name))
  }
  return dir
}

/** What install.sh needs besides {@link machine}, a checksum and a way to download. */
export const COMMON_TOOLS = [
  ..."awk cat chmod cp cut dirname grep gzip head ln ls mkdir mktemp mv".split(" "),
  ..."readlink rm sed sh tar".split(" "),
]

/** A stand-in for a program that writes its arguments down, a line a call; and that log's lines. */
export async function recorder(dir: string, name: string) {
  const log = join(dir, `${name}.log`)
  await program(dir, name, `#!/bin/sh\nprintf '%s\\n' "$*" >>'${log}'\n`)
  return async () => (await readFile(log, "utf8").catch(() => "")).split("\n").filter(Boolean)
}
