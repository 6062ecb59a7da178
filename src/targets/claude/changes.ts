/** What writes to a store of Claude Code, in one piece: a command that only looks never loads it. */
export { applyRecord } from "./apply.ts"
export { withClientLocks, withPostLock } from "./client-locks.ts"
export { forgetLogin } from "./forget.ts"
export { verifyRecord } from "./verify.ts"
