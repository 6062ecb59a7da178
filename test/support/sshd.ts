import { chmod, mkdir, readFile, writeFile } from "node:fs/promises"
import { createServer } from "node:net"
import { join } from "node:path"
import { tempFolder } from "./temp-folder.ts"

/** A real OpenSSH server on loopback, whose only login lands in a home of the test's choice. */
export type Sshd = AsyncDisposable & {
  port: number
  /** The name under which the client's ssh_config knows it. */
  alias: string
  /** Put first on PATH: an `ssh` that reads the test's own configuration. */
  clientPath: string
  /** The client's configuration, known hosts and key, for a test to spoil. */
  config: string
  knownHosts: string
  key: string
  /** The keys that may log in. */
  authorizedKeys: string
  /** Ends the server, as a machine that goes down. */
  stop: () => Promise<void>
}

export type SshdOptions = {
  /** The home that a login finds in $HOME. */
  home: string
  /** PATH of a login; what a shell there finds besides its own programs. */
  path?: string
  /** More variables of a login. */
  env?: Readonly<Record<string, string>>
  alias?: string
}

const SSHD = "/usr/sbin/sshd"
const BASE_PATH = "/usr/local/bin:/usr/bin:/bin"

/**
 * Starts a server with keys of its own and waits until it answers. The client takes no
 * configuration from $HOME (OpenSSH reads the user's entry in passwd), so an `ssh` of this
 * folder hands it over.
 */
export async function startSshd({
  home,
  path,
  env = {},
  alias = "studio",
}: SshdOptions): Promise<Sshd> {
  const folder = tempFolder("sshd")
  const at = (name: string) => join(folder, name)
  await Promise.all([keygen(at("host")), keygen(at("key"))])
  await writeFile(at("authorized"), await readFile(`${at("key")}.pub`), { mode: 0o600 })
  const port = await freePort()
  const set = Object.entries({ HOME: home, PATH: path ?? BASE_PATH, ...env })
  await writeFile(
    at("sshd_config"),
    [
      `Port ${port}`,
      "ListenAddress 127.0.0.1",
      `HostKey ${at("host")}`,
      `AuthorizedKeysFile ${at("authorized")}`,
      `PidFile ${at("pid")}`,
      "StrictModes no",
      "UsePAM no",
      "PasswordAuthentication no",
      "KbdInteractiveAuthentication no",
      "PermitRootLogin prohibit-password",
      "MaxStartups 100:30:200",
      "MaxSessions 100",
      "LogLevel VERBOSE",
      `SetEnv ${set.map(([name, value]) => `"${name}=${value}"`).join(" ")}`,
    ].join("\n"),
  )
  if (process.getuid?.() === 0) await mkdir("/run/sshd", { recursive: true, mode: 0o755 })
  const server = Bun.spawn([SSHD, "-D", "-e", "-f", at("sshd_config")], {
    stdin: "ignore",
    stdout: "ignore",
    stderr: Bun.file(at("log")),
  })
  const stop = async () => {
    server.kill()
    await server.exited
  }
  await answers(port, () => server.exitCode === null, at("log"))
  const hostKey = (await readFile(`${at("host")}.pub`, "utf8")).split(" ").slice(0, 2).join(" ")
  await writeFile(at("known_hosts"), `[127.0.0.1]:${port} ${hostKey}\n`)
  await writeFile(
    at("ssh_config"),
    [
      `Host ${alias} 127.0.0.1`,
      "HostName 127.0.0.1",
      `Port ${port}`,
      `User ${whoAmI()}`,
      `IdentityFile ${at("key")}`,
      "IdentitiesOnly yes",
      "IdentityAgent none",
      `UserKnownHostsFile ${at("known_hosts")}`,
      "GlobalKnownHostsFile /dev/null",
      "",
    ].join("\n"),
  )
  await mkdir(at("bin"))
  await writeFile(at("bin/ssh"), client(at("ssh_config")))
  await chmod(at("bin/ssh"), 0o755)
  return {
    port,
    alias,
    clientPath: at("bin"),
    config: at("ssh_config"),
    knownHosts: at("known_hosts"),
    key: at("key"),
    authorizedKeys: at("authorized"),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** The client with this configuration; with AIM_TEST_WIRE what it is sent is kept there, too. */
function client(config: string): string {
  return `#!/bin/sh
ssh="/usr/bin/ssh -F ${config}"
test -n "$AIM_TEST_WIRE" || exec $ssh "$@"
exec 3>&1
code=$( { { $ssh "$@" 3>&- 4>&-; echo $? >&4; } | tee -a "$AIM_TEST_WIRE/out" >&3; } 4>&1 )
exit "$code"
`
}

/** Bun's userInfo() says what $USER does, which need not be there. */
function whoAmI(): string {
  return Bun.spawnSync(["id", "-un"]).stdout.toString().trim()
}

async function keygen(file: string): Promise<void> {
  const made = Bun.spawn(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file], {
    stdin: "ignore",
  })
  if ((await made.exited) !== 0) throw new Error("ssh-keygen failed")
}

/**
 * A port that nobody has, below those that the kernel hands out: nobody gets it by chance between
 * here and its use.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false))
      server.listen(port, "127.0.0.1", () => resolve(true))
    })
    if (!isFree) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}

async function answers(port: number, alive: () => boolean, log: string): Promise<void> {
  for (;;) {
    if (!alive()) throw new Error(`sshd did not start: ${await readFile(log, "utf8")}`)
    const socket = await Bun.connect({ hostname: "127.0.0.1", port, socket: { data() {} } }).catch(
      () => null,
    )
    if (socket !== null) return void socket.end()
    await Bun.sleep(20)
  }
}
