import { describe, expect, test } from "bun:test"
import { plistText, readPlist } from "../../src/schedule/launchd-plist.ts"
import { DAEMON, jobBelow, ODD_PATHS } from "../support/schedule/job.ts"

describe("a plist", () => {
  test("of the machine names its user; an agent names none", () => {
    const job = jobBelow("/opt/aim")
    expect(plistText({ ...job, owner: DAEMON })).toContain(
      "<key>UserName</key>\n  <string>daemon</string>",
    )
    expect(plistText(job)).not.toContain("UserName")
  })

  test.each(ODD_PATHS)("with %s is read back as it was", (_what, path) => {
    const { argv, environment, everySeconds, logFile, ...rest } = jobBelow(path)
    const text = plistText({ ...rest, argv, environment, everySeconds, logFile })
    expect(readPlist(text)).toEqual({ argv, environment, everySeconds, logFile })
  })

  test("that starts nothing is nothing", () => {
    expect(readPlist("<plist><dict></dict></plist>")).toBeNull()
  })
})
