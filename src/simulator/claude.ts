import { randomHex } from "../system/random.ts"
import { createClaudeAccount } from "./claude-account.ts"
import type { ClaudeSimulator } from "./claude-contract.ts"
import { claudeFiles } from "./claude-files.ts"
import { CANARY } from "./tokens.ts"
import { claudeAccountNamed, type World } from "./world.ts"

/** The handle of the fake Anthropic in this world. */
export function claudeSimulator(world: World): ClaudeSimulator {
  const { accounts, logins, sessions } = world.claude
  const account = (name: string) => claudeAccountNamed(world, name)
  return {
    accounts: () => [...accounts.values()],
    account,
    addAccount(wanted) {
      const made = createClaudeAccount(wanted, world.clock())
      accounts.set(made.name, made)
      return made
    },
    mintLogin: (name, mint) => logins.mint(account(name), mint),
    files: (login) => claudeFiles(account(login.account), login),
    setUsage(name, change) {
      Object.assign(account(name).usage, change)
      return account(name)
    },
    webSession(...names) {
      const key = `sk-ant-sid01-${CANARY}-${randomHex(24)}`
      sessions.set(key, names.map(account))
      return key
    },
    grantCode: (name, asked) =>
      world.authorizations.grant({ account: account(name).name, ...asked }),
  }
}
