import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { CODEX_CLIENT_ID } from "../../../src/simulator/tokens.ts"
import type { AuthFile, World } from "../../support/world.ts"

/**
 * What the real Codex does when its access token runs out: posts the refresh token in its home
 * and writes the pair that it gets into the same file. Gives the new refresh token.
 */
export async function codexRefreshes(world: World, dir: string): Promise<string> {
  const path = join(dir, "auth.json")
  const held = JSON.parse(await readFile(path, "utf8")) as AuthFile
  const reply = await fetch(`${world.sim.authUrl}/oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      client_id: CODEX_CLIENT_ID,
      grant_type: "refresh_token",
      refresh_token: held.tokens.refresh_token,
    }),
  })
  if (!reply.ok) throw new Error(`the simulator refused the client's refresh: ${reply.status}`)
  const { id_token, access_token, refresh_token } = (await reply.json()) as AuthFile["tokens"]
  const tokens = { ...held.tokens, id_token, access_token, refresh_token }
  const file = { ...held, tokens, last_refresh: new Date().toISOString() }
  await writeFile(path, JSON.stringify(file, null, 2), { mode: 0o600 })
  return refresh_token
}
