import { describe, expect, test } from "bun:test"
import { patchTarget, putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import { clientStatus } from "../../../src/operations/status/client.ts"
import {
  accountMismatches,
  clientWarnings,
} from "../../../src/operations/status/client-warnings.ts"
import { liveView } from "../../../src/pool/live-view.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"

/** Labels boss and qa; boss is in the client's home, which was switched to it. */
async function switched(env: Record<string, string> = {}): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "qa", "guest"], { env })
  await world.label("boss", { dir: world.codexHome })
  await world.label("qa")
  const [account] = world.sim.accounts()
  await world.edit((document) =>
    patchTarget(document, "codexCli", {
      activeLabel: "boss",
      expectedAccountId: account?.accountId ?? "",
    }),
  )
  return world
}

async function warnings(world: PoolWorld) {
  const { document, stores } = await liveView(world.pool)
  const block = await clientStatus(world.target, document, stores)
  return clientWarnings(world.target, document, stores, accountMismatches(block))
}

describe("the operator is told of an active label", () => {
  test("that is no label any more", async () => {
    await using world = await switched()
    await world.edit((it) => patchTarget(putAccount(it, "boss", null), "codexCli", {}))
    const kinds = (await warnings(world)).map(({ kind, detail }) => [kind, detail])
    expect(kinds).toContainEqual([
      "codex_target_label_missing",
      "the active label `boss` is no label any more",
    ])
  })

  test("that has no usable login", async () => {
    await using world = await switched()
    await world.edit((it) => putCredential(it, "openai-codex", "boss", null))
    const kinds = (await warnings(world)).map(({ kind, detail }) => [kind, detail])
    expect(kinds).toContainEqual([
      "codex_target_credentials_missing",
      "the active label `boss` has no usable login",
    ])
  })
})
