/** The form of aim's JSON documents; a document that has its own `schemaVersion` keeps it. */
const SCHEMA_VERSION = 1

/** One JSON document as one line, for a stream of them. */
export function jsonLine(value: object): string {
  return JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...value })
}

/** One JSON document as text, its `schemaVersion` first. */
export function jsonDocument(value: object): string {
  return JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...value }, null, 2)
}
