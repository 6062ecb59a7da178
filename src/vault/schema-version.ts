/** What a file's `schemaVersion` says to this aim. */
export type SchemaVerdict = "known" | "unversioned" | "newer" | "unknown"

const KNOWN = ["0.1", "0.2"]
const NEWEST = [0, 2]

/**
 * Judges the `schemaVersion` of a state file. The reference program (aimgr 4404b27) takes any
 * text for its own and writes "0.2" over it; here whatever is not known is refused, so that a
 * newer program's file is never downgraded.
 */
export function judgeSchema(version: unknown): SchemaVerdict {
  if (version === undefined) return "unversioned"
  if (typeof version !== "string") return "unknown"
  if (KNOWN.includes(version)) return "known"
  if (!/^\d{1,9}(\.\d{1,9}){0,3}$/.test(version)) return "unknown"
  const parts = version.split(".").map(Number)
  for (const [at, newest] of NEWEST.entries()) {
    const part = parts[at] ?? 0
    if (part !== newest) return part > newest ? "newer" : "unknown"
  }
  return parts.length > NEWEST.length ? "newer" : "unknown"
}
