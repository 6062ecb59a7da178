import { expect } from "bun:test"
import { AimError, type Problem } from "../../src/system/errors.ts"

/** Fails the test unless `work` stops with this problem; gives it. */
export async function failWith(code: string, work: () => Promise<unknown>): Promise<Problem> {
  const problem = await work().then(
    () => null,
    (error: unknown) => (error instanceof AimError ? error.problem : Promise.reject(error)),
  )
  if (problem === null) throw new Error(`it did not stop with ${code}`)
  expect(problem.code).toBe(code)
  return problem
}
