import { asObject, isEnabled, labelsOf } from "../../domain/document.ts"
import type { Store } from "../../domain/store.ts"
import type { Pool } from "../../pool/pool.ts"
import type { Problem } from "../../system/errors.ts"
import type { Target } from "../../targets/target.ts"
import { wayIn } from "../capture-login.ts"

/** Why there is no label that could ever be chosen, and the first step; null where there is one. */
export async function emptyPool(
  pool: Pool,
  target: Target,
  store: Store,
): Promise<(Problem & { hint: string }) | null> {
  const { document } = await pool.vault.read()
  const labels = labelsOf(document, target.provider)
  if (labels.some((label) => isEnabled(asObject(document.accounts[label]) ?? {}))) return null
  if (labels.length > 0) {
    const hint = `aim account enable ${labels[0]}`
    return { code: "no_enabled_label", message: "every label is disabled", hint }
  }
  const hasLogin = (await target.read(store)).kind === "login"
  return {
    code: "no_labels",
    message: "there is no label yet",
    hint: hasLogin
      ? `make the login in ${store.home} one: aim ${target.id} ${target.captureVerb} <label>`
      : `for an account that you call boss: ${wayIn("boss", target.provider)}`,
  }
}
