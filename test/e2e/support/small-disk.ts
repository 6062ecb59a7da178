import type { World } from "../../support/world.ts"
import { binaryPath, cleanEnv } from "./run-aim.ts"

/**
 * A disk that is full from a certain size of file on (blocks of 512 bytes), without root: the shell's
 * own limit (`ulimit -f`), whose signal is ignored, so that a write fails with an error as on a full
 * disk.
 */
export async function withSmallDisk(world: World, blocks: number, command: string) {
  const script = `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`
  const words = [binaryPath("release"), ...command.split(" "), "--json"]
  const child = Bun.spawn(["sh", "-c", script, ...words], {
    env: { ...cleanEnv(world.home), ...world.env },
    cwd: world.home,
    stdin: "ignore",
    stderr: "pipe",
  })
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()])
  return { code: await child.exited, stdout, stderr }
}
