import type { JsonObject, Login } from "../domain/login.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import type { Holder, Readback, Store, StoreView, TargetId } from "../domain/store.ts"
import type { Problem } from "../system/errors.ts"

/** The code of the problem when a client keeps one of its own locks for too long. */
export const CLIENT_LOCK_TIMEOUT = "client_lock_timeout"

/** What `apply` did to a store. `changed` lists the files that were written; empty: untouched. */
export type Applied =
  | { kind: "applied"; changed: string[] }
  /** The store holds something else than was read before: nothing was written; read again. */
  | { kind: "moved" }

/** What in a client's configuration stands against a switch, or deserves a word. */
export type Obstacles = {
  /** Against every login. */
  blockers: Problem[]
  warnings: Problem[]
  /** Against this one login besides, such as a workspace that the client does not let in. */
  against(record: JsonObject): Problem[]
}

/**
 * One client whose auth store aim writes, for the homes of one command. A target knows no
 * provider and no vault: `record` is a credential record (tokens sealed) that operations hand in.
 */
export type Target = {
  id: TargetId
  provider: ProviderId
  /** The target's key under `targets` in the vault (`codexCli`). */
  vaultKey: string
  /** The key in that block under which the home of the last switch stands. */
  homeKey: string
  /** The command that takes a login in, after the client's own name. */
  captureVerb: string
  /** True where a running client notices a changed store at its next request. */
  rereads: boolean
  /** A client refreshes by itself when less than this is left of its access token, ms. */
  refreshWindowMs: number
  /** The client's own home, from its environment variable or the user home. */
  primaryStore(): Promise<Store>
  /** The store in another home, such as the one that a login was captured from. */
  storeAt(dir: string): Promise<Store>
  /**
   * The store that an earlier command switched, by its recorded home: the client's environment may
   * name another one today. Null where this command must not reach it (outside a chosen home).
   */
  switchedStore(dir: string): Promise<Store | null>
  /** Reads the store without a lock and without changing anything. */
  read(store: Store): Promise<Readback>
  /**
   * The whole text that holds the login, wherever the client keeps it, for a copy before it is
   * replaced. Plain tokens: it goes into a private file and nowhere else. Null where there is none.
   */
  heldText(store: Store): Promise<string | null>
  /**
   * Holds the lock under which the client posts a refresh of this store's login, so that never both
   * do; it is touched as long as `work` lasts. Null for a client that takes none (Codex 0.169.0).
   */
  withPostLock: (<T>(store: Store, work: () => Promise<T>) => Promise<T>) | null
  /** Takes the locks of the client's own writes, inside of its post lock, for the time of `work`. */
  withClientLocks<T>(store: Store, work: () => Promise<T>): Promise<T>
  /** Store mode, forced login method or workspace, environment overrides; read once for all logins. */
  obstacles(store: Store): Promise<Obstacles>
  /** The processes that have the store's home open; `unreadable` counts as open. */
  holders(store: Store): Promise<{ holders: Holder[]; unreadable: boolean }>
  /**
   * Writes the record's login into the store under the client's locks, which the caller holds,
   * if the store still has `expectedStamp` (null: absent). Only the login's own keys change.
   */
  apply(
    store: Store,
    record: JsonObject,
    expectedStamp: string | null,
    now: number,
  ): Promise<Applied>
  /**
   * Takes a login out of the store under the client's locks, which the caller holds, if the store
   * still has `expectedStamp` and holds this very login. All of it goes or nothing, and only the
   * login's own keys; a file that holds nothing else goes too. The login must be kept elsewhere.
   */
  forget(store: Store, login: Login, expectedStamp: string): Promise<Applied>
  /** Reads the store again and compares it with the record; null when it holds exactly that. */
  verify(store: Store, record: JsonObject): Promise<Problem | null>
  /** The store as it may be shown: named fields, no secrets, no foreign text. */
  describe(store: Store): Promise<StoreView>
  /** The login that `record` would put into a store, for comparison with a readback. */
  loginOf(record: JsonObject): Login | null
}
