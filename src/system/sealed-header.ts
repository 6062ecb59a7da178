import { sha256Bytes } from "./hash.ts"

/**
 * The first 128 bytes of a file that a passphrase protects; every version keeps the first 17 and
 * the last 32. Numbers are big-endian.
 *
 * | at | bytes | what |
 * |---|---|---|
 * | 0 | 16 | the mark |
 * | 16 | 3 | version, key derivation (1: scrypt), cipher (1: AES-256-GCM) |
 * | 19 | 3 | scrypt's log2 N, r, p |
 * | 24 | 8 | how many bytes follow this header, the cipher's tag among them |
 * | 32 | 16 | salt |
 * | 48 | 12 | nonce |
 * | 64 | 32 | the second half of what scrypt gives: tells a wrong passphrase from damage |
 * | 96 | 32 | SHA-256 of all before it: tells damage from a wrong passphrase |
 */
export const HEADER_BYTES = 128
export const TAG_BYTES = 16
/** What the header's own hash covers. */
const HASHED = 96
const MARK = new TextEncoder().encode("SEALED BY AIM..\n")
/** So many bytes of the mark still say what a file was meant to be. */
const MARK_ENOUGH = 12
const LARGEST_LOG_N = 19

export type SealedHeader = {
  /** scrypt's N as a power of two. */
  logN: number
  bodyBytes: number
  salt: Uint8Array
  nonce: Uint8Array
  check: Uint8Array
}

/** What is wrong with a file before any passphrase is tried. */
export type SealedFault = "cut" | "damaged" | "unknown_version" | "refused_parameters"

/** True for a file that was made here, also for a damaged one and for the begin of one. */
export function isSealed(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, MARK.length)
  const alike = start.reduce((sum, byte, at) => sum + (byte === MARK[at] ? 1 : 0), 0)
  return start.length === MARK.length
    ? alike >= MARK_ENOUGH
    : start.length > 0 && alike === start.length
}

/** The header's bytes, its own hash at their end. */
export function headerBytes({ logN, bodyBytes, salt, nonce, check }: SealedHeader): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES)
  header.set(MARK, 0)
  header.set([1, 1, 1, logN, 8, 1], 16)
  new DataView(header.buffer).setBigUint64(24, BigInt(bodyBytes))
  header.set(salt, 32)
  header.set(nonce, 48)
  header.set(check, 64)
  header.set(sha256Bytes(header.subarray(0, HASHED)), HASHED)
  return header
}

/**
 * The header of a file, or what is wrong with the file. What a forged one asks of the memory is
 * refused here: N below 2^17 (weaker than aim makes it) or above 2^19 (512 MiB), r not 8, p not 1.
 */
export function readHeader(file: Uint8Array): SealedHeader | SealedFault {
  if (file.length < HEADER_BYTES) return "cut"
  const hash = sha256Bytes(file.subarray(0, HASHED))
  if (!hash.every((byte, at) => byte === file[HASHED + at])) return "damaged"
  if (!MARK.every((byte, at) => byte === file[at])) return "damaged"
  const [version, derivation, cipher, logN = 0, r, p] = file.subarray(16, 22)
  if (version !== 1 || derivation !== 1 || cipher !== 1) return "unknown_version"
  if (logN < 17 || logN > LARGEST_LOG_N || r !== 8 || p !== 1) return "refused_parameters"
  const bodyBytes = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(24))
  const rest = file.length - HEADER_BYTES
  if (rest < bodyBytes) return "cut"
  if (rest > bodyBytes || bodyBytes < TAG_BYTES) return "damaged"
  return {
    logN,
    bodyBytes,
    salt: file.slice(32, 48),
    nonce: file.slice(48, 60),
    check: file.slice(64, HASHED),
  }
}
