import type { Store } from "../domain/store.ts"
import { failUsage } from "../system/errors.ts"
import type { Homes } from "../system/homes.ts"

/**
 * The store itself, where nothing of it lies outside a chosen home; else stops with `home_escape`: a
 * sandbox with a copied state file must not reach the real homes that the file remembers.
 * @param what of it lies outside, and how ("… is outside"); null: nothing
 */
export function insideChosen(homes: Homes, store: Store, what: string | null): Store {
  if (what === null) return store
  return failUsage(
    "home_escape",
    `${what} the chosen home ${homes.userHome}`,
    "leave out --home (and AIM_HOME), or name a home inside of it",
  )
}
