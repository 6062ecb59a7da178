import { describeIdentity } from "../../domain/identity.ts"
import type { Readback, Store } from "../../domain/store.ts"

/** What is said of a store whose tokens are one account's and whose app state another's, or null. */
export function contradictionIn(store: Store, readback: Readback) {
  if (readback.kind !== "login" || readback.contradiction === undefined) return null
  const { byTokens, byAccount } = readback.contradiction
  return {
    kind: "identity_contradiction",
    detail: `the tokens in ${store.file} are ${describeIdentity(byTokens)}, but ${store.appState} says ${describeIdentity(byAccount)}`,
    hint: "start Claude Code once with this login, so that its files agree, then run the command again",
  }
}
