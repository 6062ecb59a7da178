import { generate } from "selfsigned"

export type ThrowawayCa = {
  /** PEM of the authority: what a client must be told to trust (CODEX_CA_CERTIFICATE). */
  ca: string
  /** PEM of the certificate and its key: what the server shows. */
  cert: string
  key: string
}

/**
 * An authority that nobody else trusts and a certificate for 127.0.0.1, localhost and `hosts` that
 * it signed.
 */
export async function makeThrowawayCa(hosts: readonly string[] = []): Promise<ThrowawayCa> {
  const keys = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const
  const authority = await generate([{ name: "commonName", value: "aim throwaway CA" }], {
    ...keys,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const server = await generate([{ name: "commonName", value: "aim simulator" }], {
    ...keys,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 7, ip: "127.0.0.1" },
          ...["localhost", ...hosts].map((value) => ({ type: 2 as const, value })),
        ],
      },
    ],
  })
  return { ca: authority.cert, cert: server.cert, key: server.private }
}
