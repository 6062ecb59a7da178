import { dirname, join } from "node:path"
import type { Homes } from "../../system/homes.ts"
import { realPath } from "../../system/real-path.ts"
import { MINUTE } from "../../system/time.ts"
import { loginOf } from "../chatgpt-login.ts"
import type { Target } from "../target.ts"
import { primaryStore, storeAt, switchedStore } from "./home.ts"
import { OBSTACLES } from "./obstacles.ts"
import { heldText, readStore } from "./read.ts"
import { describeStore } from "./status.ts"

const changes = () => import("./changes.ts")

/** Pi (1.5.2), for the homes of one command. */
export function piTarget(homes: Homes): Target {
  const records = () => join(dirname(realPath(homes.stateFile)), "locks")
  return {
    id: "pi",
    provider: "openai-codex",
    vaultKey: "piCli",
    homeKey: "agentDir",
    captureVerb: "capture",
    rereads: true,
    refreshWindowMs: 5 * MINUTE,
    primaryStore: () => primaryStore(homes),
    storeAt: (dir) => storeAt(homes, dir),
    switchedStore: (dir) => switchedStore(homes, dir),
    read: readStore,
    heldText,
    withPostLock: async (store, work) => (await changes()).withPostLock(records(), store, work),
    // Pi writes under the lock that it posts under, which the caller holds.
    withClientLocks: (_store, work) => work(),
    obstacles: async () => OBSTACLES,
    holders: async (store) =>
      (await import("../../system/processes.ts")).holdersBelow(store.realHome),
    apply: async (store, record, expectedStamp) =>
      (await changes()).applyRecord(store, record, expectedStamp),
    forget: async (store, login, expectedStamp) =>
      (await changes()).forgetLogin(store, login, expectedStamp),
    verify: async (store, record) => (await changes()).verifyRecord(store, record),
    describe: describeStore,
    loginOf,
  }
}
