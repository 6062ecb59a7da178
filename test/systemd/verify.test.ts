import { describe, expect, test } from "bun:test"
import { chmod, mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Scope } from "../../src/schedule/job.ts"
import { systemd } from "../../src/schedule/systemd.ts"
import { runChild } from "../../src/system/spawn.ts"
import { DAEMON, jobBelow, ODD_PATHS } from "../support/schedule/job.ts"
import { tempFolder } from "../support/temp-folder.ts"

/** The units of a job that lies below an odd path, with a program to start, on the disk. */
async function unitsBelow(odd: string, scope: Scope): Promise<string[]> {
  const root = tempFolder("units")
  const job = jobBelow(join(root, odd), { owner: scope === "system" ? DAEMON : null })
  const program = job.argv[0] ?? ""
  await mkdir(join(root, odd), { recursive: true })
  await writeFile(program, "#!/bin/sh\n")
  await chmod(program, 0o755)
  const { files } = systemd({ run: (argv) => runChild(argv) })
  const units = files(job, root)
  for (const { path, text } of units) await writeFile(path, text)
  return units.map(({ path }) => path)
}

/** What `systemd-analyze` says about units; a user's manager wants a folder for its run. */
function analyze(...words: string[]) {
  const env = { ...process.env, XDG_RUNTIME_DIR: tempFolder("runtime") }
  return runChild(["systemd-analyze", ...words], { env })
}

describe.each(["user", "system"] as const)("systemd takes the units of a %s watch", (scope) => {
  test.each(ODD_PATHS)("below a path with %s", async (_what, odd) => {
    const units = await unitsBelow(odd, scope)
    const { code, stderr } = await analyze("verify", "--man=no", `--${scope}`, ...units)
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
  })

  test("and would complain of a program that is not there", async () => {
    const units = await unitsBelow("/opt/aim", scope)
    await writeFile(units[0] ?? "", "[Service]\nType=oneshot\nExecStart=/nowhere/aim\nMistake=1\n")
    const { code, stderr } = await analyze("verify", "--man=no", `--${scope}`, ...units)
    expect(code).not.toBe(0)
    expect(stderr).toContain("Mistake")
  })
})

test("a system unit is shut in well, by systemd's own measure", async () => {
  const [service = ""] = await unitsBelow("/opt/my own/aim", "system")
  const security = ["security", "--offline=true", "--no-pager", "--threshold=25", service]
  const { code, stdout, stderr } = await analyze(...security)
  expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" })
  expect(stdout).toContain("Overall exposure level")
})
