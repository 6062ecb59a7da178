import { pad } from "./layout/width.ts"

/** A help page as values: what `aim help …` says about one command or group. */
export type HelpPage = {
  usage: string
  summary: string
  /**
   * Lines of text, broken anew to fit the page; an empty one ends a paragraph, and one that begins
   * with a space stands as it is, for what is to be typed.
   */
  details: readonly string[]
  sections: readonly (readonly [title: string, rows: readonly (readonly string[])[]])[]
  example: string
}

/** What every terminal has room for, and what a mail or a manual quotes without breaking it. */
const WIDTH = 80

/** A help page in plain letters, the same on every terminal and in a pipe. */
export function helpLines(page: HelpPage): string[] {
  const details = page.details.length > 0 ? ["", ...paragraphs(page.details)] : []
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

function paragraphs(details: readonly string[]): string[] {
  const blocks: string[] = []
  let open = false
  for (const line of details) {
    const running = line !== "" && !line.startsWith(" ")
    if (running && open) blocks.push(`${blocks.pop()} ${line}`)
    else blocks.push(line)
    open = running
  }
  return blocks.flatMap((block) => (block.startsWith(" ") ? [block] : broken(block, WIDTH)))
}

/** Names in one column; what is said of them beside it, going on below itself. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([name]) => (name ?? "").length))
  const margin = " ".repeat(width + 4)
  return rows.flatMap(([name, text]) =>
    broken(text ?? "", WIDTH - margin.length).map((line, at) =>
      `${at === 0 ? `  ${pad(name ?? "", width, "left")}  ` : margin}${line}`.trimEnd(),
    ),
  )
}

function broken(text: string, width: number): string[] {
  return Bun.wrapAnsi(text, width).split("\n")
}
