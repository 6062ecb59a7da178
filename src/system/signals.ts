import { readFileSync } from "node:fs"
import { printError } from "./print.ts"

/** The signals that ask aim to stop, with the exit code that says so. */
const STOP_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
type StopSignal = keyof typeof STOP_CODES

/** A POST may take a minute: silence after ctrl-C would invite a `kill -9`, which costs the login. */
const WAITING =
  "aim: a login is being renewed: waiting for the reply, a minute at most, since cutting it off could lose the login"

const handlers = new Set<() => void>()
const cleanups = new Set<() => void>()
const stopping = new AbortController()
let received: StopSignal | null = null
/** How much work is under way that must not be cut, and how much of it is a token POST. */
let guarded = 0
let posting = 0
/** The process ends as soon as nothing is guarded. */
let ending = false
let listening = false

/**
 * Announces that somebody ends this process in an orderly way when it is asked to stop: `handler`
 * is called once, at the first signal, and the program then comes to its own end with
 * {@link stopCode}. Gives the function that takes the announcement back. Without any, the first
 * signal ends the process as soon as no protected work runs; the second one always does.
 */
export function onStop(handler: () => void): () => void {
  listen()
  handlers.add(handler)
  if (received !== null) handler()
  return () => {
    handlers.delete(handler)
  }
}

/**
 * Has `cleanup` done before this process ends: by a signal that it heeds, by an error that nobody
 * caught, or at its own end. Gives the function that takes that back.
 */
export function beforeEnd(cleanup: () => void): () => void {
  listen()
  if (cleanups.size === 0) process.once("exit", cleanUp)
  cleanups.add(cleanup)
  return () => {
    cleanups.delete(cleanup)
    if (cleanups.size === 0) process.off("exit", cleanUp)
  }
}

function cleanUp(): void {
  for (const cleanup of [...cleanups]) cleanup()
}

/** Aborts at the first signal; for loops and waits that an {@link onStop} has announced. */
export function stopSignal(): AbortSignal {
  return stopping.signal
}

/** The exit code that a signal asked for (130, 143 or 129), or null when none came. */
export function stopCode(): number | null {
  return received === null ? null : STOP_CODES[received]
}

/**
 * Does work that no signal may cut: a token POST with its reply and the vault commit that keeps it
 * (design §3). A signal that comes meanwhile takes effect when the work is done.
 */
export async function protect<T>(work: () => Promise<T>): Promise<T> {
  posting += 1
  try {
    return await uncut(work)
  } finally {
    posting -= 1
  }
}

/**
 * Does short work on the disk that no signal may cut, so that what was begun is whole and no temp
 * file stays behind. Nothing in it waits for a network or another process.
 */
export async function uncut<T>(work: () => Promise<T>): Promise<T> {
  listen()
  guarded += 1
  try {
    return await work()
  } finally {
    guarded -= 1
    endIfFree()
  }
}

/**
 * Does work that a signal lets come to its own end, if it comes within `patienceMs` of the signal: a
 * piece of output, which must not arrive after what the end of the process writes, but whose reader
 * may never read it.
 */
export async function uncutFor<T>(patienceMs: number, work: () => Promise<T>): Promise<T> {
  listen()
  guarded += 1
  let held = true
  const letGo = () => {
    if (held) guarded -= 1
    held = false
    endIfFree()
  }
  const losePatience = () => setTimeout(letGo, patienceMs)
  if (stopping.signal.aborted) losePatience()
  else stopping.signal.addEventListener("abort", losePatience, { once: true })
  try {
    return await work()
  } finally {
    stopping.signal.removeEventListener("abort", losePatience)
    letGo()
  }
}

/**
 * For the moment before work that is then protected: does not come back once a signal has asked the
 * process to end, so that what is under way is finished and nothing new is begun. Never call it
 * inside of {@link protect}.
 */
export function unlessEnding(): Promise<void> {
  return ending ? new Promise(() => {}) : Promise.resolve()
}

function listen(): void {
  if (listening) return
  listening = true
  const ignored = ignoredSignals()
  for (const name of Object.keys(STOP_CODES) as StopSignal[]) {
    if (!ignored.has(STOP_CODES[name] - 128)) process.on(name, () => receive(name))
  }
}

/**
 * The signals that whoever started us wants ignored (`nohup`, a script's background job): a
 * handler would undo that. By number; none where the system does not say.
 */
function ignoredSignals(): Set<number> {
  const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readStatus())?.[1] ?? "0"
  const bits = BigInt(`0x${mask}`)
  return new Set([1, 2, 15].filter((signal) => (bits >> BigInt(signal - 1)) & 1n))
}

function readStatus(): string {
  try {
    return readFileSync("/proc/self/status", "utf8")
  } catch {
    return ""
  }
}

function receive(signal: StopSignal): void {
  const again = received !== null
  received ??= signal
  if (again || handlers.size === 0) ending = true
  if (!again) {
    stopping.abort()
    for (const handler of [...handlers]) handler()
    if (posting > 0) printError([WAITING])
  }
  endIfFree()
}

/**
 * Ends the process by the signal itself, so that a shell sees 130 or 143 and stops its script, as
 * for any program that was interrupted. Output is safe: what aim prints it prints synchronously.
 */
function endIfFree(): void {
  if (!ending || guarded > 0 || received === null) return
  cleanUp()
  for (const name of Object.keys(STOP_CODES)) process.removeAllListeners(name)
  process.kill(process.pid, received)
}
