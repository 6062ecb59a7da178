import { join } from "node:path"
import { ROOT } from "./installer.ts"

export type Manifest = {
  schemaVersion: number
  name: string
  version: string
  commit: string | null
  modified?: boolean
  files: {
    name: string
    size: number
    sha256: string
    os?: string
    cpu?: string
    libc?: string
    binary?: { size: number; sha256: string }
  }[]
}

/** The target of this machine, as the release names it. */
export const HERE = `${process.platform === "darwin" ? "macos" : "linux"}-${process.arch}`

/** Runs the release script into a folder. */
export async function makeRelease(
  out: string,
  targets: readonly string[],
  env: Record<string, string> = {},
) {
  const script = join(ROOT, "test/support/release.mjs")
  const child = Bun.spawn(["node", script, "--out", out, "--targets", targets.join(",")], {
    env: { ...process.env, ...env },
    stdout: "pipe",
    stderr: "pipe",
  })
  const [stdout, stderr, code] = await Promise.all([
    child.stdout.text(),
    child.stderr.text(),
    child.exited,
  ])
  return { code, stdout, stderr }
}

/** Unpacks an archive with the system's own tar; gives the folder it made. */
export async function unpacked(archive: string, into: string): Promise<string> {
  const child = Bun.spawn(["tar", "-xzof", archive, "-C", into])
  if ((await child.exited) !== 0) throw new Error(`tar can't read ${archive}`)
  return join(into, archive.replace(/^.*\/(.*)\.tar\.gz$/, "$1"))
}
