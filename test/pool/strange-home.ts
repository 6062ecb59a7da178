import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { patchTarget, putAccount, putCredential } from "../../src/domain/document-edits.ts"
import { Secret } from "../../src/system/secret.ts"
import type { PoolWorld } from "../support/pool-world.ts"
import { jwt } from "../targets/codex/fixtures.ts"

/**
 * A label with opaque tokens that must be boss@example.com's, and a home with a later pair of
 * the same access token whose id token names somebody else.
 */
export async function strangeHome(world: PoolWorld): Promise<{ label: string; dir: string }> {
  const label = "boss"
  const dir = join(world.home, "logins", "strange")
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const tokens = {
    id_token: jwt({ email: "thief@example.com" }),
    access_token: "opaque-access",
    refresh_token: "strange-refresh",
    account_id: "acct-1",
  }
  const auth = { OPENAI_API_KEY: null, tokens, last_refresh: "2026-11-02T09:00:00Z" }
  await writeFile(join(dir, "auth.json"), JSON.stringify(auth), { mode: 0o600 })
  const stored = {
    access: new Secret("opaque-access"),
    refresh: new Secret("kept-refresh"),
    expiresAt: "2026-11-01T00:00:00.000Z",
    accountId: "acct-1",
  }
  const account = { provider: "openai-codex", expect: { email: "boss@example.com" } }
  await world.edit((document) => {
    const made = putCredential(putAccount(document, label, account), "openai-codex", label, stored)
    return patchTarget(made, "codexCli", { sourceHomes: { [dir]: { label } } })
  })
  return { label, dir }
}
