import type { Secret } from "../system/secret.ts"

/**
 * How a running operation asks, tells or opens something without knowing who is there. The
 * caller hands it in; without a person every question is answered by its safe answer.
 */
export type Conversation = {
  /** False when nobody can answer: an operation then needs its flag (`--yes`) instead. */
  readonly attended: boolean
  /** A yes-or-no question; resolves false when nobody is there. */
  confirm(question: string): Promise<boolean>
  /** One line of progress for a person. */
  tell(line: string): void
  /** The address of a page that a person is to open, in a line of its own. */
  page(url: string): void
  /** Says what is waited for, `limitMs` at most; gives the function that ends the waiting. */
  waits(text: string, limitMs: number): () => void
  /** The next line that is typed or pasted; null when the input ended or `signal` aborted. */
  line(signal: AbortSignal): Promise<string | null>
}

/**
 * Where a passphrase comes from: typed without echo, a `new` one twice, or read from a file that the
 * operator named. Stops where nobody is there who could type it.
 */
export type AskPassphrase = (purpose: "new" | "open") => Promise<Secret>

/** Nobody is there: a timer, a pipe, `--json`. */
export const SILENT: Conversation = {
  attended: false,
  confirm: () => Promise.resolve(false),
  tell: () => {},
  page: () => {},
  waits: () => () => {},
  line: () => Promise.resolve(null),
}
