/** Puts a question to the person at the terminal; null when there will be no answer. */
export type Ask = (question: string) => Promise<string | null>

/** A yes-or-no question. Anything but a clear yes is a no. */
export async function confirm(ask: Ask, question: string): Promise<boolean> {
  const answer = await ask(`${question} [y/N] `)
  return answer !== null && /^(y|yes)$/i.test(answer.trim())
}
