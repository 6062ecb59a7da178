import { createHash } from "node:crypto"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { standIn } from "./fakes.ts"

/** The archive for the machine that {@link import("./fakes.ts").machine} tells of by default. */
export const ARCHIVE = "aim-linux-x64.tar.gz"

export type FakeRelease = {
  dir: string
  /** The archive's bytes. */
  archive: Uint8Array
  sums: string
}

/** A release folder whose one archive holds this program as aim, with the right checksum. */
export async function fakeRelease(
  dir: string,
  program: string = standIn("9.9.9"),
  inside = "aim-linux-x64/aim",
): Promise<FakeRelease> {
  await mkdir(dir, { recursive: true })
  const archive = await new Bun.Archive({ [inside]: program }, { compress: "gzip" }).bytes()
  const sums = `${sha256(archive)}  ${ARCHIVE}\n`
  await writeFile(join(dir, ARCHIVE), archive)
  await writeFile(join(dir, "SHA256SUMS"), sums)
  return { dir, archive, sums }
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex")
}
