import { now } from "../system/clock.ts"
import { randomHex } from "../system/random.ts"
import { changeUsage, createAccount } from "./account.ts"
import { authJson } from "./auth-json.ts"
import { createAuthorizations } from "./authorizations.ts"
import { claudeSimulator } from "./claude.ts"
import { createClaudeLogins } from "./claude-logins.ts"
import type { Simulator, SimulatorOptions } from "./contract.ts"
import { control } from "./control.ts"
import type { Gates } from "./deliver.ts"
import { createFaults } from "./fault.ts"
import { loginControls } from "./login-controls.ts"
import { createLogins } from "./logins.ts"
import { createRequestLog } from "./request-log.ts"
import { serveRequest } from "./serve-request.ts"
import { accountNamed, type World } from "./world.ts"

/** Starts a fake OpenAI (auth and ChatGPT backend) and a fake Anthropic on one loopback port. */
export function startSimulator(options: SimulatorOptions = {}): Simulator {
  const clock = options.clock ?? now
  let url = ""
  const reuseRevokesFamily = options.reuseRevokesFamily ?? false
  const world: World = {
    accounts: new Map(),
    logins: createLogins({ clock, issuer: () => url, reuseRevokesFamily }),
    claude: {
      accounts: new Map(),
      logins: createClaudeLogins({ clock, reuseRevokesFamily }),
      sessions: new Map(),
    },
    authorizations: createAuthorizations(() => randomHex(8)),
    url: () => url,
    faults: createFaults(),
    log: createRequestLog(),
    clock,
  }
  const account = (name: string) => accountNamed(world, name)
  const stopped = Promise.withResolvers<void>()
  let released = Promise.withResolvers<void>()
  const gates: Gates = { released: () => released.promise, stopped: stopped.promise }

  const simulator: Omit<Simulator, "stop"> = {
    url,
    authUrl: url,
    chatgptUrl: url,
    claude: claudeSimulator(world),
    accounts: () => [...world.accounts.values()],
    addAccount(wanted) {
      const made = createAccount(wanted, clock())
      world.accounts.set(made.name, made)
      return made
    },
    mintLogin: (name, mint) => world.logins.mint(account(name), mint),
    authJson: (login, extra) => authJson(login, { issuer: url, lastRefresh: clock(), ...extra }),
    setUsage(name, change) {
      changeUsage(account(name), change, clock())
      return account(name)
    },
    addFault: world.faults.add,
    removeFault: world.faults.remove,
    clearFaults: world.faults.clear,
    release() {
      released.resolve()
      released = Promise.withResolvers()
    },
    ...loginControls(world),
    signIn: (name) => world.authorizations.signIn(name === null ? null : account(name).name),
    allowDevice: (userCode, name) => world.authorizations.allowDevice(userCode, account(name).name),
    typeDevices: (name) => {
      world.authorizations.typeDevices(name === null ? null : account(name).name)
    },
    log: () => world.log.entries,
    arrived: world.log.arrived,
  }

  for (const wanted of options.accounts ?? []) simulator.addAccount(wanted)
  for (const wanted of options.claudeAccounts ?? []) simulator.claude.addAccount(wanted)
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: options.port ?? 0,
    // The 10 s of the default would cut held and dripping replies.
    idleTimeout: 0,
    development: false,
    ...(options.tls && { tls: options.tls }),
    fetch: (request: Request) =>
      new URL(request.url).pathname.startsWith("/__sim/")
        ? control(request, simulator)
        : serveRequest(request, world, gates),
  })
  url = `${options.tls ? "https" : "http"}://127.0.0.1:${server.port}`
  Object.assign(simulator, { url, authUrl: url, chatgptUrl: `${url}/backend-api` })

  return Object.assign(simulator, {
    async stop() {
      stopped.resolve()
      await server.stop(true)
    },
  })
}
