import type { Exchange } from "./world.ts"

export type Fields = Readonly<Record<string, string>>

/** The texts of a body that is a form or a JSON object; none of any other. */
export function readFields({ headers, body }: Exchange): Fields {
  if (headers.get("content-type")?.includes("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(body))
  }
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed !== "object" || parsed === null) return {}
    return Object.fromEntries(
      Object.entries(parsed).filter((row): row is [string, string] => typeof row[1] === "string"),
    )
  } catch {
    return {}
  }
}
