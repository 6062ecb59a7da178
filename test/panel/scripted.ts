import { SILENT } from "../../src/domain/conversation.ts"
import type { Panel } from "../../src/panel/panel.ts"
import type { Prompter } from "../../src/panel/prompter.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"
import type { Homes } from "../../src/system/homes.ts"
import { Secret } from "../../src/system/secret.ts"

/** What the person does at one question: the text of a choice begins so, a line, a yes or no, Esc. */
export type Step = { choose: string } | { type: string } | { agree: boolean } | "esc"

/** Something to happen between two questions: another aim at work, say. */
type Script = readonly (Step | (() => Promise<void>))[]

export type Scripted = Prompter & {
  /** All that was shown: headers, choices with their details, questions, said lines. */
  seen: string[]
  /** Steps that nobody asked for. */
  left: () => number
}

/** A person who answers by a script; a question that the script does not expect fails the test. */
export function scripted(script: Script): Scripted {
  const steps = [...script]
  const seen: string[] = []
  const next = async (asked: string): Promise<Step> => {
    for (;;) {
      const step = steps.shift()
      if (step === undefined) throw new Error(`nobody answers: ${asked}\n${seen.join("\n")}`)
      if (typeof step !== "function") return step
      await step()
    }
  }
  const wrong = (asked: string, step: Step): never => {
    throw new Error(`${JSON.stringify(step)} is no answer to: ${asked}\n${seen.join("\n")}`)
  }
  return {
    seen,
    left: () => steps.length,
    choose: async ({ header, choices }) => {
      seen.push(...header)
      for (const { key, text, details } of choices)
        seen.push(`${key} ${text}`, ...details.map((detail) => `    ${detail}`))
      const asked = header.join(" / ")
      const step = await next(asked)
      if (step === "esc") return null
      if (!("choose" in step)) return wrong(asked, step)
      const found = choices.find(({ text }) => text.startsWith(step.choose))
      return found === undefined ? wrong(asked, step) : found.value
    },
    ask: async (question, problem) => {
      for (;;) {
        seen.push(question)
        const step = await next(question)
        if (step === "esc") return null
        if (!("type" in step)) return wrong(question, step)
        const wrongness = problem?.(step.type) ?? null
        if (wrongness === null) return step.type
        seen.push(wrongness)
      }
    },
    confirm: async (question) => {
      seen.push(question)
      const step = await next(question)
      if (step === "esc") return false
      return "agree" in step ? step.agree : wrong(question, step)
    },
    say: (lines) => {
      seen.push(...lines)
    },
    busy: async (waitsFor, _limit, work) => {
      seen.push(`waits for ${waitsFor}`)
      return await work
    },
  }
}

/** A panel for such a person; who logs in says nothing and is heard in `told`. */
export function panelFor(homes: Homes, prompter: Prompter): Panel & { told: string[] } {
  const told: string[] = []
  const talk = { ...SILENT, attended: true, tell: (line: string) => void told.push(line) }
  const passphrase = () => Promise.resolve(new Secret("a long passphrase"))
  return { homes, prompter, talk, passphrase, frame: PLAIN, told }
}
