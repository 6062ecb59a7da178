import type { LabelKey } from "../../src/ledger/ledger.ts"
import { tokenBody } from "../../src/simulator/oauth.ts"
import { sha256 } from "../../src/system/hash.ts"
import { Secret } from "../../src/system/secret.ts"
import { beginInflight, keepReply, type StoredReply } from "../../src/vault/inflight.ts"
import type { PoolWorld } from "../support/pool-world.ts"

/** A token endpoint's reply with these tokens, as it stands on disk. */
export function replyOf(body: unknown, status = 200, retryAfter: string | null = null) {
  const text = typeof body === "string" ? body : JSON.stringify(body)
  return { status, body: new Secret(text), retryAfter } satisfies StoredReply
}

/** A good reply for an account, with the refresh token in it. */
export function goodReply(world: PoolWorld, account: string) {
  const login = world.sim.mintLogin(account)
  const reply = replyOf(tokenBody(login, Date.now()))
  return { reply, refresh: login.refreshToken, login }
}

/** Leaves what an aim leaves that dies after the POST of a label's pair, its reply kept or not. */
export async function leavePost(
  world: PoolWorld,
  label: string,
  reply: StoredReply | null,
  mayBeSpent = false,
): Promise<LabelKey> {
  const pair = sha256(String(await world.stored(label)))
  return world.leased(label, async (lease, key) => {
    const post = { pair, mayBeSpent, identity: label, at: Date.now() }
    await beginInflight(world.pool.vault, lease, key, post)
    if (reply !== null) await keepReply(world.pool.vault, lease, key, reply, Date.now())
    return key
  })
}
