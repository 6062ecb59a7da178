import { describe, test } from "bun:test"
import { FAULTS } from "../e2e/support/leak-faults.ts"
import { expectEverydaySilent, PLAIN, TALKING } from "../e2e/support/leaks.ts"

describe("no token is printed, logged or left about, every command typed", () => {
  for (const [how, env] of [
    ["as a user runs it", PLAIN],
    ["with everything said", TALKING],
  ] as const)
    test.each(FAULTS)(`%s, ${how}`, (_name, faults) => expectEverydaySilent(faults, env))
})
