/** What a rendering may use: how wide, and whether colours and letters beyond ASCII. */
export type Frame = { width: number; color: boolean; unicode: boolean }

/** For pipes, files and tests: nothing but plain letters. */
export const PLAIN: Frame = { width: 80, color: false, unicode: false }

/** What is known about the place that the lines go to. */
export type Facts = { columns: number; color: boolean; unicode: boolean }

/** The operator's flags stand over what the environment says. */
export function frameOf(facts: Facts, flags: { color?: boolean } = {}): Frame {
  return {
    width: Math.max(20, facts.columns),
    color: flags.color ?? facts.color,
    unicode: facts.unicode,
  }
}
