import type { Prompter } from "./prompter.ts"

/** A prompter whose every text is addressed: commands in it reach the homes of this run. */
export function addressed(prompter: Prompter, address: (text: string) => string): Prompter {
  const all = (lines: readonly string[]) => lines.map(address)
  return {
    choose: ({ header, choices }) =>
      prompter.choose({
        header: all(header),
        choices: choices.map((choice) => ({ ...choice, details: all(choice.details) })),
      }),
    ask: (question, problem) => prompter.ask(address(question), problem),
    confirm: (question) => prompter.confirm(address(question)),
    say: (lines) => prompter.say(all(lines)),
    busy: (waitsFor, limitSeconds, work) => prompter.busy(waitsFor, limitSeconds, work),
  }
}
