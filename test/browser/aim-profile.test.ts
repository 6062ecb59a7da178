import { expect, test } from "bun:test"
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { aimProfileDir, ensureAimProfile, seedAimProfile } from "../../src/browser/aim-profile.ts"
import { tempFolder } from "../support/temp-folder.ts"

/** An OpenClaw profile as a running browser leaves it: with locks, a socket and a link out. */
function openclawWith(id: string): string {
  const openclaw = join(tempFolder("openclaw"), ".openclaw")
  const dir = join(openclaw, "browser", id, "user-data")
  mkdirSync(join(dir, "Default"), { recursive: true })
  writeFileSync(join(dir, "Default", "Cookies"), "cookies")
  writeFileSync(join(dir, "Local State"), "{}")
  writeFileSync(join(dir, "Default", "LOCK"), "")
  writeFileSync(join(dir, "DevToolsActivePort"), "1")
  symlinkSync("host-1", join(dir, "SingletonLock"))
  symlinkSync("/etc/passwd", join(dir, "link"))
  const socket = Bun.listen({ unix: join(dir, "SingletonSocket"), socket: { data() {} } })
  socket.unref()
  return openclaw
}

test("an own profile is made 0700, below the state folder", async () => {
  const dir = aimProfileDir(join(tempFolder("state"), ".aimgr"), "boss")
  expect(dir).toEndWith("/.aimgr/browser/boss/user-data")
  await ensureAimProfile(dir)
  expect(statSync(dir).mode & 0o777).toBe(0o700)
})

test("a seed is copied once, without locks, sockets and links", async () => {
  const openclaw = openclawWith("boss")
  const dir = aimProfileDir(join(tempFolder("state"), ".aimgr"), "boss")
  expect(await seedAimProfile(openclaw, "boss", dir)).toBe("now")
  expect(readdirSync(dir).sort()).toEqual(["Default", "Local State", "aim-seeded-from"])
  expect(readdirSync(join(dir, "Default"))).toEqual(["Cookies"])
  expect(statSync(dir).mode & 0o777).toBe(0o700)
  writeFileSync(join(dir, "Local State"), "ours")
  expect(await seedAimProfile(openclaw, "boss", dir)).toBe("before")
  expect(await Bun.file(join(dir, "Local State")).text()).toBe("ours")
})

test("half a copy of a killed aim is no profile, and makes way for a whole one", async () => {
  const openclaw = openclawWith("boss")
  const dir = aimProfileDir(join(tempFolder("state"), ".aimgr"), "boss")
  mkdirSync(join(`${dir}.aim-tmp-copy`, "Default"), { recursive: true })
  writeFileSync(join(`${dir}.aim-tmp-copy`, "stale"), "")
  expect(existsSync(dir)).toBe(false)
  expect(await seedAimProfile(openclaw, "boss", dir)).toBe("now")
  expect(readdirSync(dir).sort()).toEqual(["Default", "Local State", "aim-seeded-from"])
  expect(existsSync(`${dir}.aim-tmp-copy`)).toBe(false)
})

test("a profile that is not there is named", async () => {
  const dir = aimProfileDir(join(tempFolder("state"), ".aimgr"), "boss")
  expect(seedAimProfile("/nowhere/.openclaw", "boss", dir)).rejects.toThrow("/nowhere/.openclaw")
})
