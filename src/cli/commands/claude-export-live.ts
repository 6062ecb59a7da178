import { exportLive } from "../../operations/export-live.ts"
import { withPool } from "../../pool/pool.ts"
import { exportDocument, exportLines } from "../../render/bundle.ts"
import { failUsage } from "../../system/errors.ts"
import { defineAimCommand } from "../command.ts"
import { PASSPHRASE_FILE, passphraseBy } from "../passphrase.ts"
import { targetOf } from "../target-of.ts"

export default defineAimCommand({
  meta: {
    example: "aim claude export-live --out boss.json --encrypt",
    details: [
      "The file is 0600 and holds a whole login: who has it is logged in. With --encrypt it opens",
      "only with the passphrase, which is asked for twice. It is not written where other users can",
      "look in or write, nor over what is no such bundle or may be a login's only copy, unless",
      "--force says so.",
    ],
    mutates: true,
  },
  args: {
    out: { type: "string", valueHint: "file", description: "the file to write" },
    "source-home": {
      type: "string",
      valueHint: "dir",
      description: "the user home, or Claude's folder in it, to read",
    },
    encrypt: { type: "boolean", description: "protect the file with a passphrase" },
    ...PASSPHRASE_FILE,
    force: { type: "boolean", description: "write also where others can look, over any file" },
  },
  run: async (context, args) => {
    const { out, encrypt = false, force = false } = args
    const [sourceHome, file] = [args["source-home"] ?? null, args["passphrase-file"]]
    if (out === undefined)
      return failUsage("missing_flag", "into which file?", "aim claude export-live --out <file>")
    if (file !== undefined && !encrypt)
      return failUsage("missing_flag", "`--passphrase-file` goes with `--encrypt`", "add --encrypt")
    return withPool(context.homes, async (pool) => {
      const options = { out, sourceHome, encrypt, force }
      const target = targetOf(pool, "claude")
      const result = await exportLive(pool, target, options, passphraseBy(context, file))
      return { text: exportLines(result, context.render), json: exportDocument(result), exit: 0 }
    })
  },
})
