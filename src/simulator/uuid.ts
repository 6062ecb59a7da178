/** A version 4 UUID of the first digits of a hex text: the same text, the same UUID. */
export function uuidFrom(hex: string): string {
  const part = (from: number, to: number) => hex.slice(from, to)
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`
}
