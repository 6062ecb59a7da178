import { type ConversionConfig, type JsonSchema, toJsonSchema } from "@valibot/to-json-schema"
import type { GenericSchema } from "valibot"
import { Finding } from "../domain/receipt/schema.ts"
import type { SchemaName } from "../domain/schema-name.ts"
import { StateFile } from "../vault/state-schema.ts"
import { AccountStatus } from "./status/schema/account.ts"
import { StatusDocument } from "./status/schema/document.ts"
import { RECEIPT_PARTS, ReceiptDocument } from "./switch/receipt-document-schema.ts"

type Documented = { schema: GenericSchema; definitions: Record<string, GenericSchema> }

/** Each document's schema, and the parts of it that have a name of their own under `$defs`. */
const DOCUMENTS: Record<SchemaName, Documented> = {
  state: { schema: StateFile, definitions: {} },
  status: { schema: StatusDocument, definitions: { account: AccountStatus, finding: Finding } },
  receipt: { schema: ReceiptDocument, definitions: RECEIPT_PARTS },
}

const CONVERSION: ConversionConfig = {
  target: "draft-2020-12",
  // That a token is not blank and a time can be read: JSON Schema has no word for it.
  ignoreActions: ["check"],
  overrideSchema: ({ valibotSchema, jsonSchema }) =>
    // In memory a token is sealed; in the file it is a text.
    valibotSchema.type === "instance"
      ? { type: "string", description: "a token: it is worth an account" }
      : concise(jsonSchema),
}

/** `aim schema <name>`: the JSON Schema (draft 2020-12) of a document, made from aim's own. */
export function jsonSchemaOf(name: SchemaName): object {
  const { schema, definitions } = DOCUMENTS[name]
  const { $schema, title, description, $defs, ...rest } = toJsonSchema(schema, {
    ...CONVERSION,
    definitions,
  })
  return { $schema, title, description, ...rest, ...($defs === undefined ? {} : { $defs }) }
}

/** The same said shorter: an empty list of keys is none, and a key of an object is a text anyway. */
function concise({ propertyNames: _text, required, ...schema }: JsonSchema): JsonSchema {
  const [first, second] = schema.anyOf ?? []
  const plain = typeof first === "object" && Object.keys(first).join() === "type"
  const nullable = plain && typeof second === "object" && second.type === "null"
  if (nullable && typeof first.type === "string") {
    const { anyOf: _both, ...more } = schema
    return { ...more, type: [first.type, "null"] }
  }
  return required === undefined || required.length === 0 ? schema : { ...schema, required }
}
