/** A `flock(1)` that waits for a lock and then holds it until it is released. */
export type Holder = {
  /** True once the lock is held; false when the child ended without it. */
  held: Promise<boolean>
  release: () => Promise<void>
}

/**
 * Starts the holder: `cat` runs under the lock and gives back what it is sent, so its first byte
 * says that the lock is held; it ends with our end of the pipe, also when we are killed. Null when
 * there is no `flock(1)`.
 */
export function spawnHolder(path: string): Holder | null {
  const program = Bun.which("flock")
  if (program === null) return null
  const child = Bun.spawn([program, "-x", path, "cat"], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "ignore",
  })
  child.stdin.write("held\n")
  child.stdin.flush()
  let waiting = true
  const held = child.stdout
    .getReader()
    .read()
    .then(
      ({ done }) => !done,
      () => false,
    )
    .finally(() => {
      waiting = false
    })
  return {
    held,
    release: async () => {
      // While it still waits for the lock, closing the pipe would not end it.
      if (waiting) child.kill("SIGTERM")
      await Promise.resolve(child.stdin.end()).catch(() => {})
      await child.exited
    },
  }
}
