import { rename, writeFile } from "node:fs/promises"
import { claudePaths, readClaudeHome } from "../../support/claude-fixtures.ts"
import type { World } from "../../support/world.ts"

const CLIENT_ID = "9d1c250a-e61b-44d9-88ed-5944d1962f5e"

/**
 * What the real Claude Code 2.1.329 does when its access token runs out: posts the refresh token of
 * its store and writes the pair that it gets into the same file, by a new file in its place. Gives
 * the new refresh token. Takes no lock: for a world in which nobody else is at work.
 */
export async function claudeRefreshes(
  world: World,
  home = world.home,
  now = Date.now(),
): Promise<string> {
  const { credentials: file } = claudePaths(home)
  const { credentials, claudeAiOauth } = await readClaudeHome(home)
  const reply = await fetch(`${world.sim.url}/v1/oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      grant_type: "refresh_token",
      refresh_token: claudeAiOauth.refreshToken,
      client_id: CLIENT_ID,
    }),
  })
  if (!reply.ok) throw new Error(`the simulator refused the client's refresh: ${reply.status}`)
  const body = (await reply.json()) as Record<string, unknown>
  const renewed = {
    ...claudeAiOauth,
    accessToken: body.access_token,
    refreshToken: body.refresh_token,
    expiresAt: now + Number(body.expires_in) * 1_000,
  }
  const text = JSON.stringify({ ...credentials, claudeAiOauth: renewed })
  await writeFile(`${file}.new`, text, { mode: 0o600 })
  await rename(`${file}.new`, file)
  return String(body.refresh_token)
}
