import { expect, test } from "bun:test"
import { SILENT } from "../../src/domain/conversation.ts"
import { setBrowser } from "../../src/operations/browser-set.ts"
import { removeAccount } from "../../src/operations/remove-account.ts"
import type { Pool } from "../../src/pool/pool.ts"
import { fileExists } from "../../src/system/files.ts"
import { openPoolWorld } from "../support/pool-world.ts"

/** A pool in which another aim takes the label away just before its lease is had. */
function overtaken(pool: Pool): Pool {
  const withLabels: Pool["vault"]["withLabels"] = async (labels, work) => {
    await removeAccount(pool, "boss", true, SILENT)
    return pool.vault.withLabels(labels, work)
  }
  return { ...pool, vault: { ...pool.vault, withLabels } }
}

test.each([true, false])(
  "a label that goes away meanwhile does not come back (mustExist %p)",
  async (mustExist) => {
    await using world = await openPoolWorld([{ name: "boss" }])
    await world.label("boss")
    const bound = setBrowser(overtaken(world.pool), "boss", { mode: "aim-profile" }, { mustExist })
    await expect(bound).rejects.toMatchObject({ problem: { code: "unknown_label" } })
    expect((await world.document()).accounts).toEqual({})
    expect(await fileExists(`${world.pool.vault.paths.dir}/browser/boss`)).toBe(false)
  },
)
