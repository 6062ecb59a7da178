import type { Conversation } from "../../src/domain/conversation.ts"

/** Somebody to talk to: what was told and asked stands in `heard`, a question with its `?`. */
export function someone(answer: boolean): Conversation & { heard: string[] } {
  const heard: string[] = []
  return {
    heard,
    attended: true,
    tell: (line) => {
      heard.push(line)
    },
    page: (url) => {
      heard.push(url)
    },
    waits: (text) => {
      heard.push(text)
      return () => {}
    },
    line: () => Promise.resolve(null),
    confirm: (question) => {
      heard.push(question)
      return Promise.resolve(answer)
    },
  }
}
