import type { JsonObject } from "../login.ts"
import { FORMER_PAIRS_KEPT, pairHash } from "../pair.ts"
import { orderOf } from "../stored-pair.ts"
import type { StoredLogin } from "./owner.ts"

/** Where the login of a restored label comes from; `same`: backup and present file agree. */
export type LoginSource = "backup" | "present" | "same"

/** Which login a restored label gets, and which of the present file's are not its any more. */
export type Winner = {
  source: LoginSource
  record: JsonObject
  /** Present logins that are neither the winner nor known to be spent. */
  aside: readonly StoredLogin[]
}

/**
 * The newest login of one label among the backup's (null: it has none) and those of the present
 * file that belong to it, at least one of both. With `withTokens` the backup's own, however old.
 */
export function newestLogin(
  backup: StoredLogin | null,
  present: readonly StoredLogin[],
  withTokens: boolean,
): Winner | null {
  let best = backup
  let source: LoginSource = "backup"
  const aside: StoredLogin[] = []
  for (const login of present) {
    if (best === null) {
      best = login
      source = "present"
      continue
    }
    const order = orderOf(best.pair, login.pair)
    if (order === "same") {
      best = remembering(login, best)
      if (source === "backup") source = "same"
    } else if (withTokens) aside.push(login)
    else if (order === "later" || (order === "stranger" && best === backup)) {
      // Of the backup's login the backup keeps a copy; another present one may still be good.
      if (source !== "backup") aside.push(best)
      best = order === "later" && source === "backup" ? remembering(login, best) : login
      source = "present"
    } else if (order !== "earlier") aside.push(login)
  }
  return best === null ? null : { source, record: best.record, aside }
}

/** A login that took another's place knows all pairs that either has held, newest last. */
export function remembering(login: StoredLogin, before: StoredLogin): StoredLogin {
  const own = pairHash(login.pair.refresh)
  const hashes = [
    ...before.pair.formerPairs,
    pairHash(before.pair.refresh),
    ...login.pair.formerPairs,
  ]
  const unique = hashes.filter((hash, at) => hash !== own && hashes.lastIndexOf(hash) === at)
  const formerPairs = unique.slice(-FORMER_PAIRS_KEPT)
  const known = login.pair.formerPairs
  if (formerPairs.length === known.length && formerPairs.every((hash, at) => hash === known[at]))
    return login
  return {
    ...login,
    record: { ...login.record, formerPairs },
    pair: { ...login.pair, formerPairs },
  }
}
