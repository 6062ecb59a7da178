import type { Homes } from "../../system/homes.ts"
import { MINUTE } from "../../system/time.ts"
import { loginOf } from "../chatgpt-login.ts"
import type { Target } from "../target.ts"
import { applyRecord } from "./apply.ts"
import { withClientLocks } from "./client-locks.ts"
import { forgetLogin } from "./forget.ts"
import { holdersOf } from "./holders.ts"
import { primaryStore, storeAt, switchedStore } from "./home.ts"
import { findObstacles } from "./obstacles.ts"
import { heldText, readStore } from "./read.ts"
import { describeStore } from "./status.ts"
import { verifyRecord } from "./verify.ts"

/** Where Codex looks for the machine's own configuration on Linux and macOS (0.169.0). */
export const MACHINE_FOLDER = "/etc/codex"

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
    withClientLocks,
    obstacles: (store) => findObstacles(homes, machine, store),
    holders: holdersOf,
    apply: applyRecord,
    forget: forgetLogin,
    verify: verifyRecord,
    describe: (store) => describeStore(store, machine),
    loginOf,
  }
}
