import type { Problem } from "../system/errors.ts"
import type { Login } from "./login.ts"

/** A client whose auth store aim writes. */
export type TargetId = "codex" | "claude"

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
}

/** What a store holds. Foreign text never leaves it; `problem` names file and way out. */
export type Readback =
  | { kind: "absent" }
  | { kind: "unreadable"; problem: Problem }
  /** A login of a kind that aim does not manage, such as an API key. */
  | { kind: "unmanaged"; what: string; stamp: string }
  /** The client emptied the tokens (a dead login), or the file holds no login at all. */
  | { kind: "blank"; stamp: string }
  | { kind: "login"; login: Login; stamp: string }

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
}
