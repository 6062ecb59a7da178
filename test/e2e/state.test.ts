import { describe, expect, test } from "bun:test"
import { mkdir, readdir, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { runAim } from "./support/run-aim.ts"
import { tempHome } from "./support/temp-home.ts"

async function homeWith(text: string) {
  const home = await tempHome()
  await mkdir(join(home.path, ".aimgr"), { mode: 0o700 })
  const file = join(home.path, ".aimgr", "secrets.json")
  await writeFile(file, text, { mode: 0o600 })
  return { ...home, file }
}

describe("a state file that can't be used", () => {
  test.each([
    ["a newer schema", '{"schemaVersion":"0.3","accounts":{}}', "state_newer"],
    ["no schema", '{"version":1,"name":"x"}', "state_unversioned"],
    ["an empty file", "", "state_empty"],
    [
      "a broken one",
      '{"schemaVersion":"0.2","credentials":{"openai-codex":{"a":{"access":"canary-broken',
      "state_broken",
    ],
    ["a list", "[]", "state_not_object"],
    ["a wrong type", '{"schemaVersion":"0.2","accounts":[]}', "state_wrong_type"],
    ["50 MB", `{"schemaVersion":"0.2","x":"${"y".repeat(50_000_000)}"}`, "state_too_large"],
  ])("%s stops every command with its name and the way out", async (_name, text, code) => {
    await using home = await homeWith(text)
    for (const args of [
      "status",
      "codex use",
      "codex capture boss",
      "account add boss",
      "refresh --all",
      "why",
    ]) {
      const result = await runAim([...args.split(" "), "--json"], { home: home.path })
      const { error } = JSON.parse(result.stdout) as {
        error: { code: string; message: string; hint: string }
      }
      expect(result.code, args).toBe(1)
      expect(error).toMatchObject({
        code,
        message: expect.stringContaining(home.file),
        hint: expect.stringMatching(/\w{4}/),
      })
      expect(result.stdout + result.stderr).not.toContain("canary-broken")
    }
    expect((await stat(home.file)).size).toBe(Buffer.byteLength(text))
    expect(
      (await readdir(join(home.path, ".aimgr"))).filter((name) => name.startsWith("secrets.json")),
    ).toEqual(["secrets.json"])
  })
})

describe("reading", () => {
  test("on an empty home makes nothing there", async () => {
    await using home = await tempHome()
    for (const args of [
      "status",
      "status --json",
      "why",
      "codex show",
      "account list",
      "quarantine list",
    ]) {
      await runAim(args.split(" "), { home: home.path })
    }
    expect(await readdir(home.path)).toEqual([])
  })

  test("schema 0.1 is read as it stands, and written as 0.2 by the first change", async () => {
    await using home = await homeWith(
      '{"schemaVersion":"0.1","accounts":{"boss":{"provider":"openai-codex"}},"mine":[1]}',
    )
    const before = await Bun.file(home.file).text()
    expect((await runAim(["account", "list"], { home: home.path })).stdout).toContain("boss")
    expect(await Bun.file(home.file).text()).toBe(before)
    expect((await runAim(["account", "disable", "boss"], { home: home.path })).code).toBe(0)
    expect(await Bun.file(home.file).json()).toMatchObject({
      schemaVersion: "0.2",
      mine: [1],
      accounts: { boss: { pool: { enabled: false } } },
    })
    const backups = (await readdir(join(home.path, ".aimgr"))).filter((name) =>
      name.includes(".bak."),
    )
    expect(backups).toHaveLength(1)
    expect(await Bun.file(join(home.path, ".aimgr", String(backups[0]))).text()).toBe(before)
  })
})
