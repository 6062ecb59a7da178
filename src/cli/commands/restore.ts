import { listRestorable, restoreBackup } from "../../operations/restore.ts"
import { withPool } from "../../pool/pool.ts"
import { backupLines, restoreLines } from "../../render/restore.ts"
import { now } from "../../system/clock.ts"
import { failUsage } from "../../system/errors.ts"
import { defineAimCommand } from "../command.ts"
import { YES } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim restore 20260131-0815 --yes",
    details: [
      "Without a backup: lists them. Labels and settings come from the backup; each login is the",
      "newest that backup, present file and clients have of that account. The present file is kept,",
      "and logins of labels that the backup does not have go to quarantine.",
    ],
    mutates: true,
  },
  args: {
    backup: {
      type: "positional",
      valueHint: "backup",
      required: false,
      description: "a path, or a part of the name that only one has",
    },
    "with-tokens": {
      type: "boolean",
      description: "the backup's own tokens, though they are probably spent",
    },
    ...YES,
  },
  run: ({ homes, render, conversation }, { backup, yes, ...more }) =>
    withPool(homes, async (pool) => {
      const withTokens = more["with-tokens"] ?? false
      if (backup === undefined) {
        if (withTokens || yes)
          failUsage("missing_argument", "which backup is to be restored?", "aim restore")
        const backups = await listRestorable(pool)
        return { text: backupLines(backups, now(), render), json: { ok: true, backups }, exit: 0 }
      }
      const how = { withTokens, yes: yes ?? false }
      const result = await restoreBackup(pool, backup, how, conversation)
      return { text: restoreLines(result, render), json: { ok: true, ...result }, exit: 0 }
    }),
})
