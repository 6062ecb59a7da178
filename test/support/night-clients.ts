import { renewAsCodex } from "../../src/operations/demo/client.ts"
import { claudeRefreshes } from "../e2e/support/claude-client.ts"
import { piHome, piRefreshes, piRefreshToken } from "./pi-home.ts"
import type { World } from "./world.ts"

/** A client as a night plays it beside its watch. */
export type NightClient = {
  id: "codex" | "claude" | "pi"
  /** The label that is meant where none is active. */
  first: string
  usagePath: string
  tokenPath: string
  /** The refresh token in its home; null where it holds none. */
  holds: (world: World) => Promise<string | null>
  /** It renews its login by itself; `now` is epoch ms. */
  renews: (world: World, now: number) => Promise<unknown>
  /** It burns so many percent of the account's 5h window. */
  works: (world: World, account: string, percent: number) => void
}

const CHATGPT = { first: "boss", usagePath: "/backend-api/wham/usage", tokenPath: "/oauth/token" }

export const NIGHT_CLIENTS: readonly [NightClient, ...NightClient[]] = [
  {
    ...CHATGPT,
    id: "codex",
    holds: (world) => orNull(async () => (await world.auth()).tokens.refresh_token),
    renews: (world) => renewAsCodex(world.sim, world.codexHome),
    works: burnChatGpt,
  },
  {
    id: "claude",
    first: "north",
    usagePath: "/api/oauth/usage",
    tokenPath: "/v1/oauth/token",
    holds: (world) =>
      orNull(async () => String((await world.claudeHeld()).claudeAiOauth.refreshToken)),
    renews: (world, now) => claudeRefreshes(world, world.home, now),
    works: ({ sim }, account, percent) => {
      const { five_hour } = sim.claude.account(account).usage
      if (five_hour === null) return
      const utilization = Math.min(100, (five_hour.utilization ?? 0) + percent)
      sim.claude.setUsage(account, { five_hour: { ...five_hour, utilization } })
    },
  },
  {
    ...CHATGPT,
    id: "pi",
    holds: (world) => orNull(() => piRefreshToken(piHome(world.home))),
    renews: (world, now) => piRefreshes(world, piHome(world.home), now),
    works: burnChatGpt,
  },
]

/** A client that posts a token which its neighbour has spent would cost both their login. */
export function isNewest(world: World, account: string, token: string | null): boolean {
  return token !== null && world.sim.liveRefreshTokens(account).includes(token)
}

function burnChatGpt({ sim }: World, account: string, percent: number): void {
  const used = sim.accounts().find(({ name }) => name === account)?.primary?.used_percent ?? 0
  sim.setUsage(account, { primary: { used_percent: Math.min(100, used + percent) } })
}

function orNull(read: () => Promise<string>): Promise<string | null> {
  return read().catch(() => null)
}
