import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { recordFields } from "../../../src/domain/claude/bundle.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import type { Store } from "../../../src/domain/store.ts"
import type { Homes } from "../../../src/system/homes.ts"
import { Secret } from "../../../src/system/secret.ts"
import type { ClaudeMachine } from "../../../src/targets/claude/machine.ts"
import { tempFolder as newFolder } from "../../support/temp-folder.ts"

export const EXPIRES = 1_900_000_000_000

/** `claudeAiOauth` as a login of Claude Code 2.1.329 leaves it. */
export function oauthOf(account: string, generation = 1): Record<string, unknown> {
  return {
    accessToken: `CANARY-at-${account}-${generation}`,
    refreshToken: `CANARY-rt-${account}-${generation}`,
    expiresAt: EXPIRES + generation,
    refreshTokenExpiresAt: EXPIRES + 2_592_000_000,
    scopes: ["user:profile", "user:inference"],
    subscriptionType: "max",
    subscriptionTypeSource: "sign_in",
    rateLimitTier: "default_claude_max_20x",
    accountUuid: `acc-${account}`,
    organizationUuid: `org-${account}`,
  }
}

/** `oauthAccount` of the same account. */
export function accountOf(account: string): Record<string, unknown> {
  return {
    accountUuid: `acc-${account}`,
    emailAddress: `${account}@example.com`,
    organizationUuid: `org-${account}`,
    organizationName: `${account}'s Organization`,
  }
}

/** The vault's record of that login, or of one made of these parts. */
export function recordOf(
  account: string,
  generation = 1,
  parts: { oauth?: Record<string, unknown>; account?: Record<string, unknown> } = {},
): JsonObject {
  const oauth = parts.oauth ?? oauthOf(account, generation)
  const seal = (token: unknown) => (typeof token === "string" ? new Secret(token) : token)
  const claudeAiOauth = {
    ...oauth,
    accessToken: seal(oauth.accessToken),
    refreshToken: seal(oauth.refreshToken),
  }
  return recordFields({ claudeAiOauth, oauthAccount: parts.account ?? accountOf(account) })
}

export const tempFolder = () => newFolder("claude")

export function homesAt(userHome: string, env: Homes["env"] = {}, sandboxed = false): Homes {
  const stateFile = join(userHome, ".aimgr", "secrets.json")
  return { userHome, sandboxed, stateFile, env, cwd: userHome }
}

export const LINUX: ClaudeMachine = { platform: "linux", security: "/nonexistent", user: "u" }

/** A user home with these files of Claude's: texts, or trees that are printed as Claude does. */
export function homeWith(credentials: unknown, state: unknown = undefined): Store {
  const user = tempFolder()
  const home = join(user, ".claude")
  mkdirSync(home, { mode: 0o700 })
  const store = storeIn(user)
  put(store.file, credentials, (tree) => JSON.stringify(tree))
  put(join(user, ".claude.json"), state, (tree) => JSON.stringify(tree, null, 2))
  return store
}

export function storeIn(user: string): Store {
  const home = join(user, ".claude")
  return {
    target: "claude",
    home,
    realHome: home,
    file: join(home, ".credentials.json"),
    appState: join(user, ".claude.json"),
    primary: true,
  }
}

export const stateFileOf = (store: Store) => store.appState ?? ""

function put(file: string, content: unknown, print: (tree: unknown) => string): void {
  if (content === undefined) return
  writeFileSync(file, typeof content === "string" ? content : print(content), { mode: 0o600 })
}

export function jsonAt(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, "utf8"))
}

/**
 * A program in the place of `/usr/bin/security` that models the one of macOS for one item: exit 44
 * without it, 36 while locked, lines cut at 4096 bytes, words in quotes with backslashes, texts that
 * are not ASCII given in hexadecimal. It keeps every argument and every line that it was handed.
 */
export function standInSecurity() {
  const folder = newFolder("security")
  const program = join(folder, "security")
  const script = join(import.meta.dir, "stand-in-security.ts")
  writeFileSync(program, `#!/bin/sh\nexec ${process.execPath} ${script} ${folder} "$@"\n`)
  chmodSync(program, 0o755)
  const text = (name: string) =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : null
  return {
    machine: { platform: "darwin", security: program, user: "boss" } satisfies ClaudeMachine,
    item: () => text("item"),
    names: () => text("names"),
    argv: () => text("argv") ?? "",
    lines: () => text("lines") ?? "",
    setItem: (value: string) => writeFileSync(join(folder, "item"), value),
    /** `locked`, `readonly` (no writing), `stuck` (no writing, no removing), or nothing. */
    setMode: (mode: string) => writeFileSync(join(folder, "mode"), mode),
  }
}
