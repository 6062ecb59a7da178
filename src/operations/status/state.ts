import type { Finding } from "../../domain/receipt.ts"
import type { Pool } from "../../pool/pool.ts"
import { overrides } from "../../providers/urls.ts"
import { listBackups } from "../../vault/backups.ts"
import { listInflight, readInflight } from "../../vault/inflight.ts"
import { brokenInflight } from "../../vault/inflight-broken.ts"

/** What the state folder gives to say: a vanished file, interrupted refreshes, damaged notes. */
export async function stateWarnings(pool: Pool, missing: boolean): Promise<Finding[]> {
  return [
    ...(await vanished(pool, missing)),
    ...(await interrupted(pool)),
    ...(await brokenInflight(pool.vault)).map((file) => ({
      kind: "inflight_broken",
      file,
      detail: `${file} can't be read; it may hold the reply to a refresh`,
      hint: "keep it, and look at it by hand",
    })),
  ]
}

/** A missing file beside good backups is a loss that nobody has noticed yet. */
async function vanished(pool: Pool, missing: boolean): Promise<Finding[]> {
  const [newest] = missing ? await listBackups(pool.vault.paths) : []
  if (newest === undefined) return []
  return [
    {
      kind: "state_missing",
      detail: `${pool.vault.paths.file} is gone, but a backup lies beside it`,
      hint: `aim restore '${newest.path}'`,
    },
  ]
}

/** Refreshes that were posted and never finished: the next refresh of the label does it. */
async function interrupted(pool: Pool): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { label, provider } of await listInflight(pool.vault)) {
    const inflight = await readInflight(pool.vault, { label, provider })
    if (inflight === null) continue
    const detail =
      inflight.reply === null
        ? `a refresh of \`${label}\` was begun and its reply is not here: another aim is waiting for it, or was killed`
        : `the reply to a refresh of \`${label}\` is on disk and not yet stored`
    findings.push({
      kind: "refresh_unfinished",
      label,
      provider,
      detail,
      hint: `aim refresh ${label}`,
    })
  }
  return findings
}

/** Base URLs that are not the providers' own: a test, a proxy, a company gateway, or a trap. */
export function overrideWarning(pool: Pool): Finding[] {
  const found = overrides(pool.homes.env)
  if (found.length === 0) return []
  const variables = found.map(({ variable }) => variable)
  return [
    {
      kind: "provider_url_override",
      overrides: found,
      detail: `requests go to ${found.map(({ url, variable }) => `${url} (${variable})`).join(" and ")}`,
      hint: `unset ${variables.join(" ")}`,
    },
  ]
}
