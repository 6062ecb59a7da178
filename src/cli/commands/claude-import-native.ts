import { importBundle } from "../../operations/import-bundle.ts"
import { withPool } from "../../pool/pool.ts"
import { importDocument, importLines } from "../../render/bundle.ts"
import { failUsage } from "../../system/errors.ts"
import { defineAimCommand } from "../command.ts"
import { PASSPHRASE_FILE, passphraseBy } from "../passphrase.ts"
import { ANY_LABEL } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim claude import-native boss --in boss.json",
    details: [
      "Reads the file of `aim claude export-live`, also of the reference program. A login that is",
      "older than the stored one changes nothing. Claude Code's own files stay as they are, but for",
      "those that hold an older login of this very label.",
    ],
    mutates: true,
  },
  args: {
    ...ANY_LABEL,
    in: { type: "string", valueHint: "file", description: "the file to read" },
    ...PASSPHRASE_FILE,
  },
  run: async (context, args) => {
    const file = args.in
    if (file === undefined)
      return failUsage(
        "missing_flag",
        "which file?",
        "aim claude import-native <label> --in <file>",
      )
    return withPool(context.homes, async (pool) => {
      const passphrase = passphraseBy(context, args["passphrase-file"])
      const result = await importBundle(pool, args.label, file, passphrase)
      const exit = result.adoption === "conflict" ? 1 : 0
      return { text: importLines(result, context.render), json: importDocument(result), exit }
    })
  },
})
