import { chmod, mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { World } from "./world.ts"

/**
 * A `chromium` first on PATH that stands for the person at it too: it says yes on the login page
 * that it is started with, goes where that sends it, and ends. Gives the PATH.
 */
export async function walkingBrowser(world: World): Promise<Record<string, string>> {
  const bin = join(world.home, "bin")
  await mkdir(bin, { recursive: true })
  const walk = `const page = process.argv.at(-1)
const answer = await fetch(page.replace("/oauth/authorize?", "/oauth/allow?"), { redirect: "manual" })
await fetch(answer.headers.get("location")).catch(() => {})
`
  await writeFile(join(bin, "walk.mjs"), walk, { mode: 0o600 })
  const script = `#!/bin/sh\nexec "${process.execPath}" "${join(bin, "walk.mjs")}" "$@"\n`
  await writeFile(join(bin, "chromium"), script)
  await chmod(join(bin, "chromium"), 0o700)
  return { PATH: `${bin}:/usr/bin:/bin` }
}
