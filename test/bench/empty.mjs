import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { buildFlags } from "../support/build.mjs"
import { ROOT, run } from "../support/command.mjs"
import { bunPath } from "../support/setup.mjs"

/** Compiles a program that does nothing, as aim is compiled: what starting costs at the least. */
export async function emptyBinary() {
  const binary = join(ROOT, "dist/empty")
  const workDir = join(ROOT, `dist/.build-${process.pid}-empty`)
  mkdirSync(workDir, { recursive: true })
  try {
    writeFileSync(join(workDir, "empty.ts"), "export {}\n")
    const flags = buildFlags(join(workDir, "empty.ts"), false)
    const { code, output } = await run(bunPath(), [...flags, "--outfile", "empty"], {
      cwd: workDir,
    })
    if (code !== 0) throw new Error(output)
    renameSync(join(workDir, "empty"), binary)
    return binary
  } finally {
    rmSync(workDir, { recursive: true, force: true })
  }
}
