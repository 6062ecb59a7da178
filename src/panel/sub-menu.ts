import type { Prompter, Question } from "./prompter.ts"

/** Stands between a menu and what came of it. */
export const GAP: readonly string[] = [""]

/** A choice on the way to something, set off from what follows. */
export async function subMenu<T>(prompter: Prompter, question: Question<T>): Promise<T | null> {
  const answer = await prompter.choose(question)
  prompter.say(GAP)
  return answer
}
