import { pad } from "./width.ts"

/** A help page as values: what `aim help …` says about one command or group. */
export type HelpPage = {
  usage: string
  summary: string
  details: readonly string[]
  sections: readonly (readonly [title: string, rows: readonly (readonly string[])[]])[]
  example: string
}

/** A help page in plain letters, the same on every terminal and in a pipe. */
export function helpLines(page: HelpPage): string[] {
  const details = page.details.length > 0 ? ["", ...page.details] : []
  const sections = page.sections.flatMap(([title, rows]) =>
    rows.length > 0 ? ["", `${title}:`, ...aligned(rows)] : [],
  )
  return [
    `usage: ${page.usage}`,
    "",
    page.summary,
    ...details,
    ...sections,
    "",
    "example:",
    `  ${page.example}`,
  ]
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([name]) => (name ?? "").length))
  return rows.map(([name, text]) => `  ${pad(name ?? "", width, "left")}  ${text ?? ""}`.trimEnd())
}
