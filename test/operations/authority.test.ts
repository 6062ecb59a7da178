import { expect, test } from "bun:test"
import { forgetAuthority } from "../../src/operations/authority-forget.ts"
import { listAuthorities } from "../../src/operations/authority-list.ts"
import { showAuthorities } from "../../src/operations/authority-show.ts"
import { syncAll } from "../../src/operations/sync-all.ts"
import { authorityLines, authorityNowLines } from "../../src/render/authority.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"
import { now } from "../../src/system/clock.ts"
import { openTwoHomes } from "../support/two-homes.ts"
import { pictureOf, thrownBy } from "../vault/temp-vault.ts"

const HOW = { discardDirty: false, pruneLive: false, dryRun: false }

test("`list` says what is recorded, and asks nobody", async () => {
  await using world = await openTwoHomes(["boss"])
  expect(await listAuthorities(world.pool)).toEqual([])
  await world.sync()
  await world.take("boss", await world.login("boss"))
  await Bun.file(world.authority.file).delete()
  const views = await listAuthorities(world.pool)
  expect(views).toMatchObject([
    { client: "codex", source: world.authority.file, labels: ["boss"], dirtyLabels: ["boss"] },
  ])
  expect(authorityLines(views, now(), PLAIN).join("\n")).toContain(
    `aim promote codex --to ${world.authority.file} boss`,
  )
})

test("`show` asks, says what the next sync would do, and changes nothing on either side", async () => {
  await using world = await openTwoHomes(["boss"])
  await world.sync()
  await world.authority.label("boss")
  const files = () => pictureOf(world.home).filter(({ name }) => !name.includes("ledger.db-"))
  const before = files()
  const views = await showAuthorities(world.pool, null)
  expect(files()).toEqual(before)
  expect(views[0]?.plan?.items).toMatchObject([{ change: "updated", reason: "newer_there" }])
  expect(authorityNowLines(views, now(), PLAIN).join("\n")).toContain("a newer login is there")
})

test("`show` of one that is away says why", async () => {
  await using world = await openTwoHomes(["boss"])
  await world.sync()
  await Bun.file(world.authority.file).delete()
  expect(await showAuthorities(world.pool, "openai-codex")).toMatchObject([
    { plan: null, error: { code: "authority_state_missing" } },
  ])
  expect(await thrownBy(showAuthorities(world.pool, "anthropic"))).toMatchObject({
    problem: { code: "nothing_imported" },
  })
})

test("`forget` leaves labels and logins, as those of this machine", async () => {
  await using world = await openTwoHomes(["boss"])
  await world.sync()
  const mine = await world.stored("boss")
  expect(await forgetAuthority(world.pool, "openai-codex")).toMatchObject({ labels: ["boss"] })
  expect(await listAuthorities(world.pool)).toEqual([])
  expect(await world.stored("boss")).toBe(mine)
  expect(await thrownBy(forgetAuthority(world.pool, "openai-codex"))).toMatchObject({
    problem: { code: "nothing_imported" },
  })
})

test("`sync --all` imports each from where it came; one that is away does not stop the other", async () => {
  await using world = await openTwoHomes(["boss"], { claudeAccounts: [{ name: "lessons" }] })
  expect(await thrownBy(syncAll(world.pool, HOW))).toMatchObject({
    problem: { code: "nothing_imported" },
  })
  await world.authority.claudeLabel("lessons")
  await world.sync()
  await world.sync({}, "anthropic")
  expect(await syncAll(world.pool, HOW)).toMatchObject({ ok: true, synced: [{}, {}] })
  await Bun.file(world.authority.file).delete()
  const away = { error: { code: "authority_state_missing" } }
  expect(await syncAll(world.pool, HOW)).toMatchObject({ ok: false, synced: [away, away] })
})
