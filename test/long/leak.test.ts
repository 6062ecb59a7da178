import { describe, test } from "bun:test"
import { FAULTS } from "../e2e/support/leak-faults.ts"
import { expectEverydaySilent, PLAIN } from "../e2e/support/leaks.ts"

describe("no token is printed, logged or left about", () => {
  test.each(FAULTS)("%s", (_name, faults) => expectEverydaySilent(faults, PLAIN))
})
