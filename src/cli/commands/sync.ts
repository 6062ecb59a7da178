import { syncAll } from "../../operations/sync-all.ts"
import { syncProvider } from "../../operations/sync-provider.ts"
import { withPool } from "../../pool/pool.ts"
import { syncAllDocument, syncAllLines, syncDocument, syncLines } from "../../render/sync.ts"
import { CLIENTS, failScope, providerOfClient } from "../client-word.ts"
import { defineAimCommand } from "../command.ts"
import { failIfRemoved } from "../removed-commands.ts"

export default defineAimCommand({
  meta: {
    example: "aim sync codex --from agents@studio",
    details: [
      "Imports the labels and logins of an authority: another aim home, by path or over ssh. What a",
      "client has renewed here is taken in first, and an older login there never replaces a newer one",
      "here. Where both have changed, nothing is imported at all. A client that is on an imported",
      "label follows. Without `--from`, the authority that the labels came from.",
    ],
    mutates: true,
  },
  args: {
    client: {
      type: "positional",
      valueHint: CLIENTS,
      required: false,
      description: "codex or claude",
    },
    from: { type: "string", valueHint: "authority", description: "user@host, ssh://host, a file" },
    all: { type: "boolean", description: "both, from where they came" },
    "discard-dirty": {
      type: "boolean",
      description: "give up what has changed here; it goes to quarantine",
    },
    "prune-live": {
      type: "boolean",
      description: "take the logins of labels gone there out of clients here",
    },
    "dry-run": { type: "boolean", description: "say what would happen, change nothing" },
  },
  run: ({ homes, render }, { client, from, all, ...flags }) =>
    withPool(homes, async (pool) => {
      const discardDirty = flags["discard-dirty"] ?? false
      const pruneLive = flags["prune-live"] ?? false
      const how = { discardDirty, pruneLive, dryRun: flags["dry-run"] ?? false }
      if (client === undefined) {
        if (!all || from !== undefined) return failScope(all === true)
        const done = await syncAll(pool, how)
        const text = syncAllLines(done.synced, render)
        return { text, json: syncAllDocument(done), exit: done.ok ? 0 : 1 }
      }
      if (all) return failScope(true)
      await failIfRemoved(["sync", client], async () => false)
      const provider = providerOfClient(client)
      const result = await syncProvider(pool, provider, { ...how, from: from ?? null })
      const text = syncLines(result, render)
      return { text, json: syncDocument(result), exit: result.ok ? 0 : 1 }
    }),
})
