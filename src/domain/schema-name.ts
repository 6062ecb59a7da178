/** The documents that `aim schema` describes. */
export const SCHEMA_NAMES = ["state", "status", "receipt"] as const
export type SchemaName = (typeof SCHEMA_NAMES)[number]

export function asSchemaName(text: string): SchemaName | null {
  return SCHEMA_NAMES.find((name) => name === text) ?? null
}
