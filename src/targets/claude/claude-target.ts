import { dirname, join } from "node:path"
import type { Store } from "../../domain/store.ts"
import type { Homes } from "../../system/homes.ts"
import { realPath } from "../../system/real-path.ts"
import { MINUTE } from "../../system/time.ts"
import type { Target } from "../target.ts"
import { primaryStore, storeAt, switchedStore } from "./home.ts"
import { keychainItem } from "./keychain.ts"
import { heldText } from "./look.ts"
import { type ClaudeMachine, thisMachine } from "./machine.ts"
import { findObstacles, overruled } from "./obstacles.ts"
import { readStore } from "./read.ts"
import { loginOf } from "./record.ts"
import { describeStore } from "./status.ts"

const changes = () => import("./changes.ts")

/** Claude Code (2.1.329), for the homes of one command. */
export function claudeTarget(homes: Homes, machine: ClaudeMachine = thisMachine()): Target {
  const itemOf = (store: Store) => keychainItem(homes, machine, store)
  const records = () => join(dirname(realPath(homes.stateFile)), "locks")
  return {
    id: "claude",
    provider: "anthropic",
    vaultKey: "claudeCli",
    homeKey: "claudeDir",
    captureVerb: "capture-native",
    rereads: true,
    refreshWindowMs: 5 * MINUTE,
    primaryStore: () => primaryStore(homes),
    storeAt: (dir) => storeAt(homes, dir),
    switchedStore: (dir) => switchedStore(homes, dir),
    read: (store) => readStore(store, itemOf(store)),
    heldText: (store) => heldText(store, itemOf(store)),
    withPostLock: async (store, work) => (await changes()).withPostLock(records(), store, work),
    withClientLocks: async (store, work) =>
      (await changes()).withClientLocks(records(), store, work),
    obstacles: (store) => findObstacles(homes, store),
    holders: async (store) =>
      (await import("../../system/processes.ts")).holdersBelow(store.realHome),
    apply: async (store, record, expectedStamp) =>
      (await changes()).applyRecord(store, itemOf(store), record, expectedStamp),
    forget: async (store, login, expectedStamp) =>
      (await changes()).forgetLogin(store, itemOf(store), login, expectedStamp),
    verify: async (store, record) => (await changes()).verifyRecord(store, itemOf(store), record),
    describe: async (store) => describeStore(store, itemOf(store), await overruled(homes, store)),
    loginOf,
  }
}
