import { expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { runAim } from "./support/run-aim.ts"

/** A consumer below the authority's home, on a label that is gone there by now. */
async function orphaned(world: World) {
  await world.label("boss")
  const home = join(world.home, "consumer")
  await Bun.write(join(home, ".keep"), "")
  const sync = ["sync", "codex", "--from", join(world.home, ".aimgr", "secrets.json")]
  const aim = (...words: string[]) => runAim(words, { home, env: world.env })
  for (const words of [sync, ["codex", "use"]]) {
    const { code, stdout, stderr } = await aim(...words)
    expect(code, stdout + stderr).toBe(0)
  }
  await world.label("qa")
  await world.json("account remove boss --yes")
  const file = join(home, ".codex", "auth.json")
  return { file, aim, sync: (...words: string[]) => aim(...sync, ...words) }
}

test("`sync --prune-live` says what it would take out, takes it out, and keeps it", async () => {
  await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
  const { file, aim, sync } = await orphaned(world)
  const dry = (await sync("--prune-live", "--dry-run", "--json")).json() as { pruned: object[] }
  expect(dry.pruned).toMatchObject([{ label: "boss", outcome: "planned" }])
  expect(existsSync(file)).toBe(true)
  const done = await sync("--prune-live", "--json")
  expect([done.code, done.stdout.includes("CANARY")]).toEqual([0, false])
  const { pruned } = done.json() as { pruned: { quarantined: string }[] }
  expect(pruned).toMatchObject([{ label: "boss", outcome: "pruned", files: [file] }])
  expect(existsSync(file)).toBe(false)
  const kept = (await aim("quarantine", "list", "--json")).json()
  expect(kept).toMatchObject({
    entries: [{ id: String(pruned[0]?.quarantined), label: "boss", reason: "pruned" }],
  })
  expect((await aim("codex", "use", "--json")).code).toBe(0)
})

test("`sync --all --prune-live` does it too; without the flag the login stays", async () => {
  await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
  const { file, aim, sync } = await orphaned(world)
  const dry = await sync("--dry-run", "--json")
  expect(dry.json()).toMatchObject({ ok: true, pruned: [] })
  const all = await aim("sync", "--all", "--prune-live", "--json")
  expect(all.json()).toMatchObject({ synced: [{ pruned: [{ outcome: "pruned" }] }] })
  expect(existsSync(file)).toBe(false)
})
