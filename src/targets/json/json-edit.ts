import { type Members, membersOf } from "./json-members.ts"

/** How a JSON file is laid out, read off its first member. */
type Layout = {
  /** Between `{` or `,` and the next key. */
  gap: string
  /** Between a key and its value. */
  colon: string
  /** One step of indentation; null for a file on one line. */
  indent: string | null
  newline: string
}

const NEW: Layout = { gap: "\n  ", colon: ": ", indent: "  ", newline: "\n" }

/**
 * The JSON text with one top-level member set; every byte that does not belong to that member
 * stays. A new member comes after the last of `after` that is there, else first, in the
 * indentation of its neighbours. The text must be a valid JSON object.
 */
export function setMember(
  text: string,
  key: string,
  value: unknown,
  after: readonly string[],
): string {
  const found = membersOf(text)
  if (found === null) return text
  const layout = layoutOf(text, found)
  const written = valueText(value, layout)
  const present = found.members.find((member) => member.key === key)
  if (present !== undefined) return text.slice(0, present.start) + written + text.slice(present.end)
  const member = JSON.stringify(key) + layout.colon + written
  const first = found.members[0]
  if (first === undefined)
    return `${text.slice(0, found.open + 1)}${layout.gap}${member}${layout.newline}${text.slice(found.close)}`
  const before = found.members.findLast(({ key: name }) => after.includes(name))
  return before === undefined
    ? `${text.slice(0, first.keyStart)}${member},${layout.gap}${text.slice(first.keyStart)}`
    : `${text.slice(0, before.end)},${layout.gap}${member}${text.slice(before.end)}`
}

/** The JSON text without one top-level member; every byte of the others stays. */
export function withoutMember(text: string, key: string): string {
  const found = membersOf(text)
  const at = found?.members.findIndex((member) => member.key === key) ?? -1
  const member = found?.members[at]
  if (found === null || member === undefined) return text
  const [before, after] = [found.members[at - 1], found.members[at + 1]]
  if (after !== undefined) return text.slice(0, member.keyStart) + text.slice(after.keyStart)
  if (before !== undefined) return text.slice(0, before.end) + text.slice(member.end)
  return text.slice(0, found.open + 1) + text.slice(found.close)
}

function layoutOf(text: string, found: Members): Layout {
  const [first, second] = found.members
  if (first === undefined) return NEW
  const lead = text.slice(found.open + 1, first.keyStart)
  const colon = text.slice(first.keyEnd, first.start)
  const newline = lead.includes("\r\n") ? "\r\n" : "\n"
  if (lead.includes("\n")) {
    const indent = lead.slice(lead.lastIndexOf("\n") + 1)
    return { gap: newline + indent, colon, indent, newline }
  }
  const between = second === undefined ? "" : text.slice(first.end, second.keyStart)
  return { gap: between.replace(/^\s*,/, ""), colon, indent: null, newline }
}

function valueText(value: unknown, layout: Layout): string {
  if (layout.indent === null) return JSON.stringify(value)
  const lines = JSON.stringify(value, null, layout.indent || "  ").split("\n")
  return lines.join(layout.newline + layout.indent)
}
