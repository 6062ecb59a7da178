import { afterAll, beforeAll, expect, test } from "bun:test"
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { systemd } from "../../src/schedule/systemd.ts"
import { runChild } from "../../src/system/spawn.ts"
import { jobBelow, ODD_PATHS } from "../support/schedule/job.ts"
import { type RealSystemd, realSystemd } from "../support/schedule/real-systemd.ts"
import { tempFolder } from "../support/temp-folder.ts"

/** Writes down with what it was started, a word a line. */
const WITNESS = '#!/bin/sh\nprintf "%s\\n" "$0" "$@" "$HOME" "$CODEX_HOME" "$(pwd)" >"$HOME/seen"\n'

let manager: RealSystemd
beforeAll(async () => {
  manager = await realSystemd(tempFolder("real systemd ü"))
})
afterAll(() => manager[Symbol.asyncDispose]())

test.each(ODD_PATHS)("systemd starts what a job with %s in its paths says", async (_what, odd) => {
  const root = join(tempFolder("odd"), odd)
  const job = jobBelow(root)
  await mkdir(root, { recursive: true })
  await writeFile(job.argv[0] ?? "", WITNESS)
  await chmod(job.argv[0] ?? "", 0o755)
  const { files } = systemd({ run: (argv) => runChild(argv) })
  for (const { path, text } of files(job, manager.units)) await writeFile(path, text)
  await manager.run(["systemctl", "--user", "daemon-reload"])
  const started = await manager.run(["systemctl", "--user", "start", "aim-watch-codex.service"])
  expect(started).toMatchObject({ code: 0, stderr: "" })
  expect((await readFile(join(root, "seen"), "utf8")).trimEnd().split("\n")).toEqual([
    ...job.argv,
    ...Object.values(job.environment),
    "/",
  ])
})
