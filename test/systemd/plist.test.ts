import { expect, test } from "bun:test"
import { plistText } from "../../src/schedule/launchd-plist.ts"
import { runChild } from "../../src/system/spawn.ts"
import { DAEMON, jobBelow, ODD_PATHS } from "../support/schedule/job.ts"

const TO_JSON = `
import json, plistlib, sys
print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))
`

test.each(ODD_PATHS)("a plist parser reads a job with %s as it was meant", async (_what, odd) => {
  for (const owner of [null, DAEMON]) {
    const job = jobBelow(odd, { owner })
    const parsed = await runChild(["python3", "-c", TO_JSON], { stdin: plistText(job) })
    expect(parsed.stderr).toBe("")
    expect(JSON.parse(parsed.stdout)).toEqual({
      Label: "dev.aim.watch.codex",
      ...(owner !== null && { UserName: owner.user, GroupName: owner.group }),
      ProgramArguments: job.argv,
      EnvironmentVariables: job.environment,
      ...{ WorkingDirectory: "/", StartInterval: 300, RunAtLoad: true },
      ...{ ProcessType: "Background", ExitTimeOut: 90, Umask: 0o077 },
      ...{ StandardOutPath: "/dev/null", StandardErrorPath: job.logFile },
    })
  }
})
