import { readLine } from "./line-reader.ts"
import { writeError } from "./print.ts"

/** What is known about the terminal that aim may be talking to. */
export type Terminal = {
  stdinIsTerminal: boolean
  stdoutIsTerminal: boolean
  stderrIsTerminal: boolean
  /** Columns of the terminal behind stdout, 80 without one. */
  columns: number
  /** True when the locale says UTF-8. */
  unicode: boolean
  /** NO_COLOR, then FORCE_COLOR, then whether stdout is a terminal that knows colours. */
  color: boolean
}

const DEFAULT_COLUMNS = 80

/**
 * Asks the file descriptors and the environment. `process.stdout` and its sisters cost 20 ms each
 * (Bun 1.4.5) and stay untouched, and so does `node:tty`, which costs 11.
 */
export function terminal(): Terminal {
  const env = process.env
  const stdoutIsTerminal = isTerminal(1)
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || ""
  return {
    stdinIsTerminal: isTerminal(0),
    stdoutIsTerminal,
    stderrIsTerminal: isTerminal(2),
    columns: stdoutIsTerminal ? columnsOf(env.COLUMNS) : DEFAULT_COLUMNS,
    unicode: /utf-?8/i.test(locale),
    color: wantsColor(env, stdoutIsTerminal),
  }
}

/** A screen as it is now: it may have been resized since the start. */
export type ScreenSize = {
  columns: number
  rows: number
  /** False for a terminal whose cursor can't be moved (`TERM=dumb`). */
  moves: boolean
}

const ROWS = 24

/** Asks the terminal anew; null when what is drawn on is none. */
export function screenSize(where: "stdout" | "stderr" = "stdout"): ScreenSize | null {
  const fd = where === "stdout" ? 1 : 2
  if (!isTerminal(fd)) return null
  const { COLUMNS, TERM } = process.env
  const { columns, rows } = windowSize(fd)
  const width = Number(COLUMNS) || columns
  return {
    columns: width >= 20 ? width : DEFAULT_COLUMNS,
    rows: rows >= 5 ? rows : ROWS,
    moves: TERM !== undefined && TERM !== "" && TERM !== "dumb",
  }
}

/** One line from the terminal after a question on stderr; null when the input ended. */
export async function askLine(question: string): Promise<string | null> {
  writeError(question)
  const answer = await readLine(new AbortController().signal)
  // The input ended in the middle of the question's line.
  if (answer === null) writeError("\n")
  return answer
}

function isTerminal(fd: number): boolean {
  return tty().isTTY(fd)
}

/** The size of a terminal, 0 by 0 where it does not say. */
function windowSize(fd: 1 | 2): { columns: number; rows: number } {
  const size: [number, number] = [0, 0]
  ;new (tty().TTY)(fd).getWindowSize(size)
  const [columns, rows] = size
  return { columns, rows }
}

/** Some pseudo-terminals say 0; nothing readable fits below 20. */
function columnsOf(fromEnvironment: string | undefined): number {
  const columns = Number(fromEnvironment) || windowSize(1).columns
  return columns >= 20 ? columns : DEFAULT_COLUMNS
}

/** What `node:tty` itself stands on; it can be had without the network and stream modules. */
type TtyWrap = {
  isTTY(fd: number): boolean
  TTY: new (fd: number) => { getWindowSize(size: [columns: number, rows: number]): boolean }
}

function tty(): TtyWrap {
  return (process as unknown as { binding(name: "tty_wrap"): TtyWrap }).binding("tty_wrap")
}

function wantsColor(env: NodeJS.ProcessEnv, stdoutIsTerminal: boolean): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false"
  return stdoutIsTerminal && env.TERM !== "dumb"
}
