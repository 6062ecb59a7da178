import { Secret } from "../../src/system/secret.ts"
import { beginInflight, keepReply } from "../../src/vault/inflight.ts"
import { openVault } from "../../src/vault/open.ts"
import type { LeasedLabel } from "../../src/vault/vault.ts"

/** A process that notes a post and keeps its reply: `bun poster.ts <state file>`. */
const [file = ""] = process.argv.slice(2)
const boss: LeasedLabel = { provider: "openai-codex", label: "boss" }
const vault = await openVault(file)
await vault.withLabels([boss], async (lease) => {
  const post = { pair: "ab12", mayBeSpent: false, identity: "x", at: 1000 }
  await beginInflight(vault, lease, boss, post)
  const reply = { status: 200, body: new Secret("the only copy"), retryAfter: null }
  await keepReply(vault, lease, boss, reply, 2000)
})
