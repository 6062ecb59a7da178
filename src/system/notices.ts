import type { Problem } from "./errors.ts"

/** What has come up beside a command's own work, and is to be said on stderr before the end. */
const waiting: Problem[] = []

export function leaveNotice(problem: Problem): void {
  waiting.push(problem)
}

/** The notices so far, each given once. */
export function takeNotices(): Problem[] {
  return waiting.splice(0)
}
