import type { Problem } from "./errors.ts"

/** What has come up beside a command's own work, and is to be said on stderr before the end. */
const waiting: Problem[] = []

/** Leaves a notice; one that waits already is not said twice, however often it came up. */
export function leaveNotice(problem: Problem): void {
  if (!waiting.some(({ code, message }) => code === problem.code && message === problem.message))
    waiting.push(problem)
}

/** The notices so far, each given once. */
export function takeNotices(): Problem[] {
  return waiting.splice(0)
}
