import { createCipheriv, createDecipheriv, scrypt, timingSafeEqual } from "node:crypto"
import { randomBytes } from "./random.ts"
import {
  HEADER_BYTES,
  headerBytes,
  readHeader,
  type SealedFault,
  type SealedHeader,
  TAG_BYTES,
} from "./sealed-header.ts"
import type { Secret } from "./secret.ts"

/** scrypt's N = 2^17, r = 8, p = 1: 128 MiB and about half a second for each guess. */
const LOG_N = 17
const CIPHER = "aes-256-gcm"
const KEY_BYTES = 32

/** What a passphrase made of a file's bytes. */
export type Unsealed =
  | { kind: "opened"; bytes: Uint8Array }
  | { kind: SealedFault | "wrong_passphrase" }

/**
 * The bytes of a file that only this passphrase opens: a header (see sealed-header.ts), which the
 * cipher authenticates too, AES-256-GCM under a key that scrypt makes with a fresh salt, its tag.
 */
export async function sealFile(plain: Uint8Array, passphrase: Secret): Promise<Uint8Array> {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)]
  const { key, check } = await derive(passphrase, salt, LOG_N)
  const bodyBytes = plain.length + TAG_BYTES
  const header = headerBytes({ logN: LOG_N, bodyBytes, salt, nonce, check })
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(header)
  const body = [cipher.update(plain), cipher.final()]
  key.fill(0)
  return new Uint8Array(Buffer.concat([header, ...body, cipher.getAuthTag()]))
}

/** Opens what {@link sealFile} made. Nothing is derived for a file whose header is not right. */
export async function openSealed(file: Uint8Array, passphrase: Secret): Promise<Unsealed> {
  const header = readHeader(file)
  if (typeof header === "string") return { kind: header }
  const { key, check } = await derive(passphrase, header.salt, header.logN)
  if (!timingSafeEqual(check, header.check)) return { kind: "wrong_passphrase" }
  try {
    return { kind: "opened", bytes: decrypted(file, header, key) }
  } catch {
    return { kind: "damaged" }
  } finally {
    key.fill(0)
  }
}

function decrypted(file: Uint8Array, { nonce }: SealedHeader, key: Uint8Array): Uint8Array {
  const body = file.subarray(HEADER_BYTES, -TAG_BYTES)
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(file.subarray(0, HEADER_BYTES))
    .setAuthTag(file.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(body), decipher.final()])
}

/** One passphrase typed on two keyboards may come in two spellings of one text (NFC). */
async function derive(passphrase: Secret, salt: Uint8Array, logN: number) {
  const N = 2 ** logN
  const maxmem = 128 * N * 8 + 32 * 1024 * 1024
  const text = passphrase.reveal().normalize("NFC")
  const derived = await new Promise<Buffer>((resolve, reject) => {
    scrypt(text, salt, 2 * KEY_BYTES, { N, r: 8, p: 1, maxmem }, (error, made) =>
      error ? reject(error) : resolve(made),
    )
  })
  return { key: derived.subarray(0, KEY_BYTES), check: new Uint8Array(derived.subarray(KEY_BYTES)) }
}
