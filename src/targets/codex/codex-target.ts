import type { Homes } from "../../system/homes.ts"
import { MINUTE } from "../../system/time.ts"
import { loginOf } from "../chatgpt-login.ts"
import type { Target } from "../target.ts"
import { primaryStore, storeAt, switchedStore } from "./home.ts"
import { findObstacles } from "./obstacles.ts"
import { heldText, readStore } from "./read.ts"
import { describeStore } from "./status.ts"

const changes = () => import("./changes.ts")

/** Where Codex looks for the machine's own configuration on Linux and macOS (0.169.0). */
const MACHINE_FOLDER = "/etc/codex"

/** The Codex CLI (0.169.0), for the homes of one command. */
export function codexTarget(homes: Homes, machine: string = MACHINE_FOLDER): Target {
  return {
    id: "codex",
    provider: "openai-codex",
    vaultKey: "codexCli",
    homeKey: "homeDir",
    captureVerb: "capture",
    rereads: false,
    refreshWindowMs: 5 * MINUTE,
    primaryStore: () => primaryStore(homes),
    storeAt: (dir) => storeAt(homes, dir),
    switchedStore: (dir) => switchedStore(homes, dir),
    read: readStore,
    heldText,
    withPostLock: null,
    withClientLocks: async (store, work) => (await changes()).withClientLocks(store, work),
    obstacles: (store) => findObstacles(homes, machine, store),
    holders: async (store) => (await import("./holders.ts")).holdersOf(store),
    apply: async (store, record, expectedStamp, now) =>
      (await changes()).applyRecord(store, record, expectedStamp, now),
    forget: async (store, login, expectedStamp) =>
      (await changes()).forgetLogin(store, login, expectedStamp),
    verify: async (store, record) => (await changes()).verifyRecord(store, record),
    describe: (store) => describeStore(store, machine),
    loginOf,
  }
}
