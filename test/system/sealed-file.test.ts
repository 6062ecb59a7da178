import { beforeAll, describe, expect, test } from "bun:test"
import { sha256Bytes } from "../../src/system/hash.ts"
import { openSealed, sealFile } from "../../src/system/sealed-file.ts"
import { HEADER_BYTES, isSealed, readHeader } from "../../src/system/sealed-header.ts"
import { Secret } from "../../src/system/secret.ts"

const PASSPHRASE = new Secret("grün wie Gras")
const PLAIN = new TextEncoder().encode("a secret")

let sealed: Uint8Array
beforeAll(async () => {
  sealed = await sealFile(PLAIN, PASSPHRASE)
})

function changed(at: number, to: (byte: number) => number): Uint8Array {
  const copy = sealed.slice()
  copy[at] = to(copy[at] ?? 0)
  return copy
}

/** A header that was changed by somebody who knows how it is made. */
function forged(at: number, value: number): Uint8Array {
  const copy = changed(at, () => value)
  copy.set(sha256Bytes(copy.subarray(0, 96)), 96)
  return copy
}

describe("a sealed file", () => {
  test("opens with its passphrase, in either spelling of an accent, and with no other", async () => {
    expect(await openSealed(sealed, PASSPHRASE)).toEqual({
      kind: "opened",
      bytes: Buffer.from(PLAIN),
    })
    const decomposed = new Secret(PASSPHRASE.reveal().normalize("NFD"))
    expect(decomposed.equals(PASSPHRASE)).toBe(false)
    expect((await openSealed(sealed, decomposed)).kind).toBe("opened")
    expect(await openSealed(sealed, new Secret("grün wie Glas"))).toEqual({
      kind: "wrong_passphrase",
    })
  })

  test("says nothing of what is in it, and is another one each time", async () => {
    const again = await sealFile(PLAIN, PASSPHRASE)
    expect(Buffer.from(sealed).includes("secret")).toBe(false)
    expect(again.length).toBe(sealed.length)
    for (const [from, to] of [
      [32, 48],
      [48, 60],
      [64, 96],
      [128, sealed.length],
    ] as const)
      expect(Buffer.from(again.subarray(from, to))).not.toEqual(
        Buffer.from(sealed.subarray(from, to)),
      )
  })

  test("with any one bit of any byte turned is damaged, with the right passphrase too", async () => {
    const found = new Set<string>()
    for (let at = 0; at < sealed.length; at++) {
      const file = changed(at, (byte) => byte ^ (1 << (at % 8)))
      expect(isSealed(file)).toBe(true)
      const { kind } = await openSealed(file, PASSPHRASE)
      if (kind !== "damaged") found.add(`${at}: ${kind}`)
    }
    expect([...found]).toEqual([])
  })

  test("with any byte set to another value in its header is damaged", () => {
    for (let at = 0; at < HEADER_BYTES; at++)
      for (const value of [0, 1, 0x7b, 0xff])
        if (sealed[at] !== value) expect(readHeader(changed(at, () => value))).toBe("damaged")
  })

  test("that is shorter is cut, that is longer is damaged", () => {
    for (let length = 1; length < sealed.length; length++) {
      const cut = sealed.subarray(0, length)
      expect([length, isSealed(cut), readHeader(cut)]).toEqual([length, true, "cut"])
    }
    expect(readHeader(new Uint8Array([...sealed, 0]))).toBe("damaged")
  })

  test.each([
    ["N = 2^16", 19, 16, "refused_parameters"],
    ["N = 2^20, a GiB", 19, 20, "refused_parameters"],
    ["N = 2^255", 19, 255, "refused_parameters"],
    ["r = 9", 20, 9, "refused_parameters"],
    ["p = 200", 21, 200, "refused_parameters"],
    ["version 2", 16, 2, "unknown_version"],
    ["another derivation", 17, 2, "unknown_version"],
    ["another cipher", 18, 0, "unknown_version"],
    ["a length of 2^56", 24, 1, "cut"],
  ])("forged to ask for %s is refused before any work", async (_what, at, value, kind) => {
    const before = process.cpuUsage()
    expect(await openSealed(forged(at, value), PASSPHRASE)).toEqual({ kind } as never)
    // Work is what the processor does: on a busy machine any time may pass.
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(50)
  })

  test.each([
    ["N", 19, 18, "wrong_passphrase"],
    ["a reserved byte", 22, 1, "damaged"],
    ["the nonce", 50, 0, "damaged"],
    ["the salt", 40, 0, "wrong_passphrase"],
  ])(
    "with %s forged in a header that hashes right does not open",
    async (_what, at, value, kind) => {
      const file = forged(at, sealed[at] === value ? value + 1 : value)
      expect(await openSealed(file, PASSPHRASE)).toEqual({ kind } as never)
    },
  )
})

test.each([
  ["{}", false],
  ['{"version": 1}', false],
  ["", false],
  ["SEALED", true],
  ["SEALED is fine", false],
  ["SEALED BY AIM.,\n and more", true],
  ["SEALED by AIM..\r", true],
])("%p is taken for one: %p", (text, is) => {
  expect(isSealed(new TextEncoder().encode(text))).toBe(is)
})
