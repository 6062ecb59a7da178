/** What changes a vault, in one piece: a command that only looks never loads it. */
export { commitChange } from "./commit.ts"
export { tryLabel, withLabels } from "./lease.ts"
