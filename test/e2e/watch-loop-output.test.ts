import { describe, expect, test } from "bun:test"
import { closeSync, constants, openSync, writeSync } from "node:fs"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { binaryPath, cleanEnv } from "./support/run-aim.ts"

const LOOP = "codex watch --interval-seconds 1"

async function watching(): Promise<World> {
  const world = await openWorld([{ name: "boss" }])
  await world.label("boss")
  await world.json("codex use")
  return world
}

/** Runs a shell's line with `$aim` in it; gives its exit code and what it wrote. */
async function shell(world: World, line: string) {
  const child = Bun.spawn(["bash", "-c", line], {
    cwd: world.home,
    env: { ...cleanEnv(world.home), ...world.env, aim: binaryPath("release") },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    timeout: 180_000,
  })
  const [stdout, stderr, code] = await Promise.all([
    child.stdout.text(),
    child.stderr.text(),
    child.exited,
  ])
  return { code, stdout, stderr }
}

describe("a loop whose output", () => {
  test("nobody reads any more ends well at the next look", async () => {
    await using world = await watching()
    const { code, stdout, stderr } = await shell(
      world,
      `set -o pipefail; "$aim" ${LOOP} | head -n 1`,
    )
    expect(stdout.trim().split("\n")).toHaveLength(1)
    expect(stderr).toContain("0 failures")
    expect(code).toBe(0)
  })

  test("stands still, since its reader does not read, ends at a signal all the same", async () => {
    await using world = await watching()
    const pipe = join(world.home, "pipe")
    await Bun.$`mkfifo ${pipe}`
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK)
    const filler = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK)
    expect(() => {
      for (;;) writeSync(filler, Buffer.alloc(4096))
    }).toThrow("EAGAIN")
    const child = Bun.spawn(["bash", "-c", `exec "$aim" ${LOOP} > ${pipe}`], {
      cwd: world.home,
      env: { ...cleanEnv(world.home), ...world.env, aim: binaryPath("release") },
      stdin: "ignore",
      stderr: "ignore",
      timeout: 180_000,
      killSignal: "SIGKILL",
    })
    // The look is over when its receipt stands; what comes then is the line that finds no room.
    while ((await world.vault()).targets.codexCli?.lastWatchReceipt === undefined)
      await Bun.sleep(20)
    await Bun.sleep(300)
    child.kill("SIGTERM")
    await child.exited
    expect(child.signalCode).toBe("SIGTERM")
    for (const end of [reader, filler]) closeSync(end)
  })

  test("can't be written watches on, and says so once", async () => {
    await using world = await watching()
    const until = new Date(Date.now() + 6_000).toISOString()
    const { code, stderr } = await shell(world, `"$aim" ${LOOP} --until ${until} > /dev/full`)
    expect(code).toBe(1)
    expect(stderr.match(/can't be written \(ENOSPC\)/g)).toHaveLength(1)
    expect(stderr).not.toMatch(/: 1 look,/)
  })
})
