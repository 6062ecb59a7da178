/** The line that a login waits with: the time that is left, then what is typed. */
export const COUNTED = /^\d+:\d\d left/m

/** The seconds that the countdown shows; NaN without one. */
export function leftOn(picture: string): number {
  const [, minutes, seconds] = /^(\d+):(\d\d) left/m.exec(picture) ?? []
  return Number(minutes) * 60 + Number(seconds)
}
