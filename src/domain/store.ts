import type { Problem } from "../system/errors.ts"
import type { Identity } from "./identity.ts"
import type { Login } from "./login.ts"

/** A client whose auth store aim writes. */
export type TargetId = "codex" | "claude" | "pi"

/** One place that holds a login: a client's own home, or a remembered source home. */
export type Store = {
  target: TargetId
  /** The home as the operator names it. */
  home: string
  /** Its real path (symlinks resolved): what locks and memory are keyed by. */
  realHome: string
  /** The login file inside the home, symlinks not resolved. */
  file: string
  /** The file beside it that says whose login it is (Claude's `.claude.json`); null for none. */
  appState: string | null
  /** True for the client's own home, the one that `use` switches. */
  primary: boolean
  /**
   * What the client is told that its home is, where that is not `home` to the letter: Claude Code
   * names its Keychain item by it.
   */
  named?: string
}

/** What a store holds. Foreign text never leaves it; `problem` names file and way out. */
export type Readback =
  | { kind: "absent" }
  | { kind: "unreadable"; problem: Problem }
  /** A login of a kind that aim does not manage, such as an API key. */
  | { kind: "unmanaged"; what: string; stamp: string }
  /** The client emptied the tokens (a dead login), or the file holds no login at all: `gone`. */
  | { kind: "blank"; stamp: string; gone?: true }
  | { kind: "login"; login: Login; stamp: string; contradiction?: Contradiction }

/**
 * A store whose tokens are one account's while the client says beside them that they are another's:
 * the login is the tokens' alone, and must not be taken for either without being asked.
 */
export type Contradiction = { byTokens: Identity; byAccount: Identity }

/** A process of this user that has a file below a store's home open. */
export type Holder = { pid: number; command: string; startedAt: number | null }

/** A store as it may be shown: named fields, no secrets, no foreign text. */
export type StoreView = {
  home: string
  realHome: string
  authPath: string
  /** Where the login file really is, when it is a symlink. */
  symlinkTarget: string | null
  exists: boolean
  /** `absent`, `unreadable`, `unmanaged`, `blank` or `login`. */
  holds: string
  problem: Problem | null
  /** The kind of login that the client takes the file for; null when it can't be told. */
  authMode: string | null
  accountId: string | null
  email: string | null
  /** ISO times, or null. */
  expiresAt: string | null
  lastRefresh: string | null
  hasApiKey: boolean
  /** Permission bits in octal, such as `0600`. */
  mode: string | null
  /** Where the client keeps its login (`file`, `keyring` …); `unknown` if its configuration is broken. */
  storeMode: string
  /** `config` where a file sets it, else `default`; and that file, or the one that could. */
  storeSource: string
  storeConfigPath: string
  /** Why the configuration can't be used, or null. */
  storeError: string | null
  /** What only a Claude store has. */
  claude?: ClaudeView
}

/** What Claude Code keeps of a login beside what every client does. */
export type ClaudeView = {
  appStatePath: string
  appStateSymlinkTarget: string | null
  appStateExists: boolean
  appStateMode: string | null
  /** Who the tokens say that they belong to, and who `oauthAccount` says; null where neither does. */
  byTokens: Identity | null
  byAccount: Identity | null
  /** False where they name two; null where one of them names nobody. */
  agree: boolean | null
  organizationName: string | null
  scopes: string[]
  subscriptionType: string | null
  rateLimitTier: string | null
  /** Why one of the two files can't be taken as Claude Code's, or null. */
  credentialsProblem: Problem | null
  appStateProblem: Problem | null
  /** Whether `claudeAiOauth` and `oauthAccount` are there, whatever they hold. */
  hasTokens: boolean
  hasAccount: boolean
  /** Whether Claude Code takes it for a login: an access token that may be used for inference. */
  loggedIn: boolean
  /** What the login lacks of a whole bundle, by the names of its keys. */
  missing: string[]
  /** Variables set in this shell that rule over the login, by name. */
  overrideEnv: string[]
  /** ISO time at which the whole login ends, or null. */
  refreshTokenExpiresAt: string | null
  /** How the macOS Keychain answered: `text`, `none`, `locked`, `failed`; null where none is asked. */
  keychain: string | null
  keychainService: string | null
}
