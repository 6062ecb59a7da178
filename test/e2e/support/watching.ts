import { openWorld, type World } from "../../support/world.ts"
import { pass } from "./ageing.ts"
import { quota } from "./quota.ts"

/** Codex stands on boss, which has used so much; qa has used as little as `others` say. */
export async function watching(
  five: number,
  week = 20,
  others: ReturnType<typeof quota> = quota(10, 20),
  how: { expiresInSeconds?: number } = {},
): Promise<World> {
  const world = await openWorld([
    { name: "boss", ...quota(10, 10) },
    { name: "qa", ...others },
    { name: "guest" },
  ])
  await standOnBoss(world, how)
  world.sim.setUsage("boss", quota(five, week))
  await pass(world, 5)
  return world
}

/** The labels boss and qa, and Codex switched to boss. */
export async function standOnBoss(world: World, how: { expiresInSeconds?: number } = {}) {
  await world.label("boss", how)
  await world.json("codex use")
  await world.label("qa")
}

/** The label whose pair Codex's own home holds. */
export async function holds(world: World): Promise<string | undefined> {
  const { tokens } = await world.auth()
  const { credentials } = await world.vault()
  const logins = Object.entries(credentials["openai-codex"] ?? {})
  return logins.find(([, { refresh }]) => refresh === tokens.refresh_token)?.[0]
}
