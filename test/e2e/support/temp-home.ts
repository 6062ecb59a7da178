import { mkdtemp, realpath, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** An empty user home that goes away at the end of its scope: `await using home = await tempHome()`. */
export type TempHome = AsyncDisposable & { path: string }

export async function tempHome(): Promise<TempHome> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "aim-e2e-")))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
