/** `bytes` random bytes as lower-case hex. */
export function randomHex(bytes: number): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("hex")
}

/** `bytes` random bytes in base64url, without padding. */
export function randomBase64Url(bytes: number): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("base64url")
}

export function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count))
}

/** Any number from 0 up to, but not including, 1. */
export function randomFraction(): number {
  return new DataView(randomBytes(4).buffer as ArrayBuffer).getUint32(0) / 2 ** 32
}
