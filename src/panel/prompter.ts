/** One thing that may be chosen. */
export type Choice<T> = {
  value: T
  /** What is typed to choose it: a digit, `0` for the way back. */
  key: string
  text: string
  /** What it would do, with the exact paths that it would save; shown below it, indented. */
  details: readonly string[]
}

export type Question<T> = {
  /** Shown above the choices: who and how things stand, or what was found. */
  header: readonly string[]
  choices: readonly Choice<T>[]
}

/**
 * How the panel speaks with the person at the terminal. Everything that is asked can be left: null
 * is Esc, and a ctrl-C ends the program by its signal with the terminal as it was.
 */
export type Prompter = {
  /** One of the choices by its number, the arrow keys or the first letter of its text. */
  choose<T>(question: Question<T>): Promise<T | null>
  /** A line of text; `problem` says what is wrong with an answer, which is then asked for again. */
  ask(question: string, problem?: (answer: string) => string | null): Promise<string | null>
  /** False for anything but a clear yes. */
  confirm(question: string): Promise<boolean>
  say(lines: readonly string[]): void
  /** Shows what is waited for, and how long that may take, until `work` is done. */
  busy<T>(waitsFor: string, limitSeconds: number, work: Promise<T>): Promise<T>
}
