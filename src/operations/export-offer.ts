import { exportDocument } from "../domain/authority/export.ts"
import type { JsonObject } from "../domain/login.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { now } from "../system/clock.ts"
import { fail } from "../system/errors.ts"
import { VERSION } from "../system/version.ts"
import type { Vault } from "../vault/vault.ts"

/**
 * What this machine offers a consumer of one provider, tokens sealed. Reads the vault and changes
 * nothing, not even the ledger; a consumer that needs a newer pair asks for a refresh.
 */
export async function exportOffer(vault: Vault, provider: ProviderId): Promise<JsonObject> {
  const { document, missing } = await vault.read()
  if (missing)
    return fail(
      "state_missing",
      `there is no state file at ${vault.paths.file}`,
      "name another one with --state",
    )
  return exportDocument(document, provider, { version: VERSION, at: now() })
}
