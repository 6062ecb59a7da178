import * as v from "valibot"
import { AccountOptions, UsageChange } from "./account.ts"
import { ClaudeAccountOptions } from "./claude-account.ts"
import { ClaudeUsageChange } from "./claude-usage.ts"
import type { Simulator } from "./contract.ts"
import { Fault } from "./fault.ts"

const Which = v.picklist(["access", "refresh"])
const LoginRequest = v.strictObject({
  account: v.string(),
  expiresInSeconds: v.exactOptional(v.number()),
})
const UsageRequest = v.strictObject({ account: v.string(), ...UsageChange.entries })
const ClaudeUsageRequest = v.strictObject({ account: v.string(), ...ClaudeUsageChange.entries })
const ExpireRequest = v.strictObject({ account: v.string(), tokens: Which })
const AccountRequest = v.strictObject({ account: v.string() })
const SignInRequest = v.strictObject({ account: v.nullable(v.string()) })
const DeviceRequest = v.strictObject({ userCode: v.string(), account: v.string() })

type Controlled = Omit<Simulator, "stop">
type Command = (simulator: Controlled, input: unknown) => unknown

/** The same verbs as the in-process object, for child processes: JSON in, JSON out. */
const commands: Readonly<Record<string, Command>> = {
  "GET /__sim/accounts": (simulator) => simulator.accounts(),
  "GET /__sim/log": (simulator) => simulator.log(),
  "POST /__sim/account": (simulator, input) => simulator.addAccount(v.parse(AccountOptions, input)),
  "POST /__sim/usage": (simulator, input) => {
    const { account, ...change } = v.parse(UsageRequest, input)
    return simulator.setUsage(account, change)
  },
  "POST /__sim/login": (simulator, input) => {
    const { account, ...options } = v.parse(LoginRequest, input)
    return simulator.mintLogin(account, options)
  },
  "POST /__sim/auth-json": (simulator, input) => {
    const { account, ...options } = v.parse(LoginRequest, input)
    return simulator.authJson(simulator.mintLogin(account, options))
  },
  "GET /__sim/claude/accounts": (simulator) => simulator.claude.accounts(),
  "POST /__sim/claude/account": ({ claude }, input) =>
    claude.addAccount(v.parse(ClaudeAccountOptions, input)),
  "POST /__sim/claude/usage": ({ claude }, input) => {
    const { account, ...change } = v.parse(ClaudeUsageRequest, input)
    return claude.setUsage(account, change)
  },
  "POST /__sim/claude/files": ({ claude }, input) => {
    const { account, ...options } = v.parse(LoginRequest, input)
    return claude.files(claude.mintLogin(account, options))
  },
  "POST /__sim/expire": (simulator, input) => {
    const { account, tokens } = v.parse(ExpireRequest, input)
    simulator.expire(account, tokens)
  },
  "POST /__sim/revoke": (simulator, input) => {
    simulator.revoke(v.parse(AccountRequest, input).account)
  },
  "POST /__sim/sign-in": (simulator, input) => {
    simulator.signIn(v.parse(SignInRequest, input).account)
  },
  "POST /__sim/allow-device": (simulator, input) => {
    const { userCode, account } = v.parse(DeviceRequest, input)
    return { ok: simulator.allowDevice(userCode, account) }
  },
  "POST /__sim/fault": (simulator, input) => ({ id: simulator.addFault(v.parse(Fault, input)) }),
  "POST /__sim/faults/clear": (simulator) => simulator.clearFaults(),
  "POST /__sim/release": (simulator) => simulator.release(),
}

/** Answers a request under `/__sim/`; these never reach the log nor a fault. */
export async function control(request: Request, simulator: Controlled): Promise<Response> {
  const command = commands[`${request.method} ${new URL(request.url).pathname}`]
  if (command === undefined) {
    return Response.json(
      { error: `commands: ${Object.keys(commands).join(", ")}` },
      { status: 404 },
    )
  }
  try {
    const input: unknown = request.method === "GET" ? undefined : JSON.parse(await bodyOf(request))
    return Response.json(command(simulator, input) ?? { ok: true })
  } catch (error) {
    return Response.json({ error: error instanceof Error ? error.message : "bad" }, { status: 400 })
  }
}

async function bodyOf(request: Request): Promise<string> {
  return (await request.text()) || "{}"
}
