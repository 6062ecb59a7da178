import { labelForLogin } from "../../domain/adopt/new-account.ts"
import type { Captured } from "../../domain/receipt.ts"
import type { Store } from "../../domain/store.ts"
import type { Pool } from "../../pool/pool.ts"
import type { Target } from "../../targets/target.ts"
import { readLogin, takeIn } from "../capture-login.ts"
import { keepForeignFile } from "./foreign-login.ts"

/**
 * `use --adopt <label>`: the login of no label in the home becomes this label before the switch,
 * and a copy of its file is kept, as for every login that was not aim's.
 */
export async function adoptForeign(
  pool: Pool,
  target: Target,
  store: Store,
  typed: string,
): Promise<Captured> {
  const label = labelForLogin((await pool.vault.read()).document, typed)
  const login = await readLogin(target, store, label)
  // First the copy: once the login is a label's, nobody would come back to a copy half made.
  const keptAt = await keepForeignFile(pool, target, store)
  await takeIn(pool, target, store, label, login)
  return { label, store: store.home, reason: "adopted", ...(keptAt === null ? {} : { keptAt }) }
}
