import { asSchemaName, SCHEMA_NAMES } from "../../domain/schema-name.ts"
import { quoteWord } from "../../render/layout/quote.ts"
import { failUsage } from "../../system/errors.ts"
import { defineAimCommand } from "../command.ts"

export default defineAimCommand({
  meta: {
    example: "aim schema status",
    details: [
      "JSON Schema, draft 2020-12, of what aim writes: its state file (schema 0.2), the document of",
      "`aim status --json`, and receipts with the documents that tell of them. Names that a schema",
      "does not know are allowed everywhere, since later versions add some.",
    ],
  },
  args: {
    document: {
      type: "positional",
      valueHint: SCHEMA_NAMES.join("|"),
      required: true,
      description: "state, status or receipt",
    },
  },
  run: async (_context, args) => {
    const document = asSchemaName(args.document) ?? failUnknownDocument(args.document)
    const { jsonSchemaOf } = await import("../../operations/json-schema.ts")
    const schema = jsonSchemaOf(document)
    return { text: [JSON.stringify(schema, null, 2)], json: { document, schema }, exit: 0 }
  },
})

function failUnknownDocument(word: string): never {
  return failUsage(
    "unknown_document",
    `there is no schema of \`${quoteWord(word)}\`, only of ${SCHEMA_NAMES.join(", ")}`,
    "`aim help schema` says what each describes",
  )
}
