import { describe, expect, test } from "bun:test"
import { readUnits, serviceText, timerText } from "../../src/schedule/systemd-units.ts"
import { DAEMON, jobBelow, ODD_PATHS } from "../support/schedule/job.ts"

const job = jobBelow("/opt/aim")
const lines = (text: string) => text.split("\n")

describe("a service", () => {
  test("of a user names no user and needs no mounts of its own", () => {
    const text = serviceText(job)
    expect(text).toContain("ExecStart=/opt/aim/aim codex watch --once --home /opt/aim/home\n")
    expect(lines(text)).toContain("Environment=CODEX_HOME=/opt/aim/codex")
    expect(text).not.toMatch(/^(User|Group|ProtectHome|ProtectSystem|Private|ReadWritePaths)/m)
    expect(text).not.toContain("network-online")
  })

  test("of the machine runs as the home's owner and writes nowhere but where it must", () => {
    const text = serviceText({ ...job, owner: DAEMON })
    for (const line of [
      "User=daemon",
      "Group=daemon",
      "ProtectSystem=strict",
      "ReadWritePaths=-/opt/aim/home",
      "PrivateTmp=yes",
    ])
      expect(lines(text)).toContain(line)
  })

  test("sees the real /tmp where a home lies there", () => {
    const text = serviceText(jobBelow("/tmp/aim", { owner: DAEMON }))
    expect(text).not.toContain("PrivateTmp")
    expect(lines(text)).toContain("ReadWritePaths=-/tmp/aim/home")
  })

  test("lets a token's POST end, and lets machine code be made for bun:ffi", () => {
    for (const owner of [null, DAEMON]) {
      const text = serviceText({ ...job, owner })
      expect(Number(/TimeoutStartSec=(\d+)/.exec(text)?.[1])).toBeGreaterThan(60)
      expect(Number(/TimeoutStopSec=(\d+)/.exec(text)?.[1])).toBeGreaterThan(60)
      expect(text).not.toMatch(/MemoryDenyWriteExecute|PrivateUsers|ProcSubset|SuccessExitStatus/)
    }
  })
})

test.each([
  [60, 60, 6],
  [300, 120, 30],
  [86_400, 120, 30],
])("a timer of %d s ticks %d s after its start, within %d s", (everySeconds, first, slack) => {
  const text = timerText({ ...job, everySeconds })
  expect(lines(text).filter((line) => line.includes("Sec="))).toEqual([
    `OnActiveSec=${first}`,
    `OnUnitActiveSec=${everySeconds}`,
    `RandomizedDelaySec=${slack}`,
    `AccuracySec=${slack}`,
  ])
  expect(text).toContain("Unit=aim-watch-codex.service\n")
})

describe("an installed pair of units", () => {
  test.each(ODD_PATHS)("with %s is read back as it was", (_what, path) => {
    const odd = jobBelow(path)
    for (const owner of [null, DAEMON])
      expect(readUnits(serviceText({ ...odd, owner }), timerText(odd))).toEqual({
        argv: odd.argv,
        environment: odd.environment,
        everySeconds: 300,
        logFile: null,
      })
  })

  test("of a service that starts nothing is nothing", () => {
    expect(readUnits("[Service]\nType=oneshot\n", timerText(job))).toBeNull()
  })
})
