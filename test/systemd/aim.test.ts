import { expect, test } from "bun:test"
import { mkdir, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Installed } from "../../src/operations/schedule-install.ts"
import type { Scheduled } from "../../src/operations/schedule-status.ts"
import { binaryPath } from "../e2e/support/run-aim.ts"
import { realSystemd } from "../support/schedule/real-systemd.ts"
import { openWorld } from "../support/world.ts"

test("under a real systemd of a user: installed, ticked, seen, stopped by hand, gone", async () => {
  await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
  for (const name of ["boss", "qa"]) await world.label(name)
  await world.json("codex use")
  await using manager = await realSystemd(world.home)
  const aim = async <T>(words: string) => {
    const argv = [binaryPath("release"), ...`schedule ${words}`.split(" "), "--json"]
    const { code, stdout, stderr } = await manager.run(argv, world.env)
    if (code !== 0) throw new Error(`aim schedule ${words}: ${stdout}${stderr}`)
    return JSON.parse(stdout) as T
  }
  const status = async () => (await aim<{ watches: Scheduled[] }>("status codex")).watches[0]

  const installed = await aim<Installed>("install codex --every 90s")
  expect(installed).toMatchObject({ status: "applied", scope: "user", firstTick: { ok: true } })
  expect(installed.firstTick?.receipt?.receipt).toMatchObject({
    ...{ action: "codex_watch", status: "noop", intervalSeconds: 90 },
  })
  expect(await aim<Installed>("install codex --every 90s")).toMatchObject({ status: "noop" })

  const before = await status()
  expect(before).toMatchObject({ enabled: true, active: true, lastResult: null, warnings: [] })
  const wait = Date.parse(before?.nextAt ?? "") - Date.now()
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThan(90_000 + 9_000)

  await manager.run(["systemctl", "--user", "disable", "--now", "aim-watch-codex.timer"])
  expect((await status())?.warnings.map(({ kind }) => kind)).toEqual(["watch_stopped"])
  expect(await aim<Installed>("install codex --every 90s")).toMatchObject({ status: "applied" })
  expect(await status()).toMatchObject({ enabled: true, active: true })

  expect(await aim("remove codex")).toMatchObject({ status: "applied" })
  const units = await manager.run(["systemctl", "--user", "list-units", "--all", "aim-*"])
  expect(units.stdout).not.toContain("aim-watch")
  expect(await readdir(manager.units)).toEqual([])
})

test("its timer starts the ticks by itself; one that is blocked is a failed unit", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await using manager = await realSystemd(world.home)
  const aim = (words: string) =>
    manager.run([binaryPath("release"), ...`schedule ${words} --json`.split(" ")], world.env)
  const { stdout } = await aim("install codex")
  expect(JSON.parse(stdout)).toMatchObject({ status: "applied", firstTick: { ok: false } })
  const failed = await manager.run(["systemctl", "--user", "list-units", "--failed", "--plain"])
  expect(failed.stdout).toContain("aim-watch-codex.service")

  // The operator's own drop-in, so that nobody has to wait for two minutes here.
  const dropIn = join(manager.units, "aim-watch-codex.timer.d")
  await mkdir(dropIn)
  const soon = "[Timer]\nOnActiveSec=1\nRandomizedDelaySec=0\nAccuracySec=10ms\n"
  await writeFile(join(dropIn, "soon.conf"), soon)
  await world.label("boss")
  await world.json("codex use")
  await manager.run(["systemctl", "--user", "daemon-reload"])
  await manager.run(["systemctl", "--user", "restart", "aim-watch-codex.timer"])
  const look = async () => {
    const { watches } = JSON.parse((await aim("status codex")).stdout) as { watches: Scheduled[] }
    return watches[0]
  }
  // The manager's word and the receipt come one after the other.
  let watch = await look()
  while (watch?.lastAt === null || watch?.lastReceipt?.status !== "noop") watch = await look()
  expect(watch).toMatchObject({ lastResult: "success", warnings: [] })
})

test("what shuts a system unit in leaves a tick all that it needs", async () => {
  await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
  for (const name of ["boss", "qa"]) await world.label(name)
  await using manager = await realSystemd(world.home)
  const install = "schedule install codex --system --print --json".split(" ")
  const { stdout } = await manager.run([binaryPath("release"), ...install], world.env)
  const [service] = (JSON.parse(stdout) as Installed).files
  // A user's systemd is nobody but its user, and has no network to wait for. The settings that put
  // mounts over parts of /proc and /dev fail in containers that lack these parts.
  const proc = "ProtectKernelTunables|ProtectKernelLogs|PrivateDevices"
  const inapt = new RegExp(`^(User|Group|Wants|After|${proc})=.*\\n`, "gm")
  const text = (service?.text ?? "").replaceAll(inapt, "")
  expect(text).toContain("ProtectSystem=strict")
  await writeFile(join(manager.units, "aim-watch-codex.service"), text)
  await manager.run(["systemctl", "--user", "daemon-reload"])
  const started = await manager.run(["systemctl", "--user", "start", "aim-watch-codex.service"])
  expect(started).toMatchObject({ code: 0, stderr: "" })
  const { targets } = await world.vault()
  expect(targets.codexCli).toMatchObject({ lastWatchReceipt: { status: "activated" } })
  expect((await world.auth()).tokens.refresh_token).not.toBe("")
})
