import { sha256 } from "../system/hash.ts"
import type { Account } from "./account.ts"
import { json, type Reply } from "./reply.ts"
import type { Exchange, World } from "./world.ts"

/** The bearer token of a request, or null. */
export function bearerOf(headers: Headers): string | null {
  const value = headers.get("authorization") ?? ""
  return value.startsWith("Bearer ") ? value.slice("Bearer ".length) : null
}

/** Notes in the log whose bearer and which account header a request carries. */
export function noteBearer({ entry, headers }: Exchange, world: World): void {
  const token = bearerOf(headers)
  const owner =
    world.logins.bearer(token).account ?? world.claude.logins.bearer(token).owner?.account
  entry.bearerAccount = owner?.name ?? null
  entry.account ??= entry.bearerAccount ?? accountWithId(world, entry.accountHeader)
}

export function hashOfBearer(headers: Headers): string | null {
  const token = bearerOf(headers)
  return token === null ? null : sha256(token)
}

/** The account that may ask, or the refusal: 401 for the token, 403 for the account header. */
export function authorize({ entry, headers }: Exchange, world: World): Account | Reply {
  const { account, refused } = world.logins.bearer(bearerOf(headers))
  if (refused !== null || account === null) {
    entry.outcome = "unauthorized"
    return json(401, refused === "missing" ? { detail: "Unauthorized" } : badToken(refused))
  }
  if (entry.accountHeader === account.accountId) return account
  entry.outcome = "account_mismatch"
  return json(403, { detail: "simulated: ChatGPT-Account-Id does not belong to this token" })
}

export function isReply(value: Account | Reply): value is Reply {
  return "status" in value
}

function badToken(code: string | null) {
  const message = `simulated: the access token is refused (${code}). Please try signing in again.`
  return { error: { message, type: null, code, param: null }, status: 401 }
}

function accountWithId(world: World, id: string | null): string | null {
  for (const account of world.accounts.values()) {
    if (account.accountId === id) return account.name
  }
  return null
}
