import { expect, test } from "bun:test"
import { confirm } from "../../src/panel/confirm.ts"

test.each([
  ["y", true],
  ["Yes", true],
  [" YES ", true],
  ["", false],
  ["n", false],
  ["yeah", false],
  [null, false],
])("the answer %p", async (answer, agreed) => {
  const asked: string[] = []
  const ask = (question: string) => {
    asked.push(question)
    return Promise.resolve(answer)
  }
  expect(await confirm(ask, "remove `qa`?")).toBe(agreed)
  expect(asked).toEqual(["remove `qa`? [y/N] "])
})
