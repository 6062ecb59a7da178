import { writeFile } from "node:fs/promises"
import { join } from "node:path"

/** A process that has a file below a home open, as a running Codex has. */
export async function openClient(home: string): Promise<Disposable> {
  const file = join(home, "state_5.sqlite")
  await writeFile(file, "")
  const child = Bun.spawn(["sh", "-c", 'exec 3<"$0"; echo open; exec sleep 1000 <&3', file], {
    stdout: "pipe",
  })
  await child.stdout.getReader().read()
  return { [Symbol.dispose]: () => child.kill("SIGKILL") }
}
