import type { Simulator } from "./contract.ts"
import { accountNamed, claudeAccountNamed, type World } from "./world.ts"

type LoginControls = Pick<Simulator, "expire" | "revoke" | "liveRefreshTokens" | "rememberTokens">

/** What a test does to the logins of an account, whichever provider has it. */
export function loginControls(world: World): LoginControls {
  const { logins, claude } = world
  const isClaude = (name: string) => !world.accounts.has(name) && claude.accounts.has(name)
  return {
    expire: (name, tokens) =>
      isClaude(name)
        ? claude.logins.expire(claudeAccountNamed(world, name), tokens)
        : logins.expire(accountNamed(world, name), tokens),
    revoke: (name) =>
      isClaude(name)
        ? claude.logins.revokeAll(claudeAccountNamed(world, name))
        : logins.revokeAll(accountNamed(world, name)),
    liveRefreshTokens: (name) =>
      isClaude(name)
        ? claude.logins.liveRefreshTokens(claudeAccountNamed(world, name))
        : logins.liveRefreshTokens(accountNamed(world, name)),
    rememberTokens: () => {
      const restores = [logins.remember(), claude.logins.remember()]
      return () => {
        for (const restore of restores) restore()
      }
    },
  }
}
