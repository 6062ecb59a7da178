/** Lower-case hex SHA-256 of a text or of bytes. */
export function sha256(data: string | Uint8Array): string {
  return new Bun.CryptoHasher("sha256").update(data).digest("hex")
}

/** The SHA-256 of a text in base64url, without padding: a PKCE challenge (RFC 7636 §4.2). */
export function sha256Base64Url(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("base64url")
}

/** The 32 bytes of a SHA-256. */
export function sha256Bytes(data: Uint8Array): Uint8Array {
  return new Bun.CryptoHasher("sha256").update(data).digest()
}
