import { inputEnded, moreInput, takeInput, untakenInput } from "./standard-input.ts"

/** All of standard input, or why it can't be had: more than `maxBytes`, or no UTF-8. */
export type WholeInput =
  | { kind: "text"; text: string }
  | { kind: "unreadable"; why: "too_large" | "not_utf8" }

/** Reads standard input to its end; no more than `maxBytes` are kept in memory. */
export async function readWholeInput(maxBytes: number): Promise<WholeInput> {
  const never = new AbortController().signal
  while (!inputEnded() && untakenInput().byteLength <= maxBytes) await moreInput(never)
  const bytes = untakenInput()
  if (bytes.byteLength > maxBytes) return { kind: "unreadable", why: "too_large" }
  takeInput(bytes.byteLength)
  try {
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) }
  } catch {
    return { kind: "unreadable", why: "not_utf8" }
  }
}
