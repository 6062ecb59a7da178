import { failUsage } from "../system/errors.ts"

/** The number that a flag names, or null where it was not given; stops with exit 2 at anything else. */
export function wholeNumber(
  flag: string,
  text: string | undefined,
  least: number,
  most: number,
): number | null {
  if (text === undefined) return null
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  return failUsage(
    "invalid_value",
    `\`--${flag}\` is a whole number from ${least} to ${most}`,
    `such as \`--${flag} ${Math.max(least, Math.min(most, 30))}\``,
  )
}
