/**
 * Orders two labels as the reference program does, so that pools, tables and ties agree with it:
 * `_` < `-` < digits < letters, character by character, a prefix first. Bytes would put `-` before
 * digits but `_` after them; `localeCompare` would do it right but loads Intl.
 * @returns negative, zero or positive, for `Array.prototype.sort`
 */
export function compareLabels(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  for (let at = 0; at < shared; at++) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

const UNDERSCORE = 0x5f
const HYPHEN = 0x2d

function rank(code: number): number {
  if (code === UNDERSCORE) return 0
  if (code === HYPHEN) return 1
  return code + 2
}
