import { expect, test } from "bun:test"
import { rm } from "node:fs/promises"
import { reuses } from "../../src/simulator/request-log.ts"
import type { BackupView } from "../../src/vault/find-backup.ts"
import { openWorld } from "../support/world.ts"

test("a label that one restore took away has its newest login again by another, not a spent one", async () => {
  await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
  await world.label("boss")
  const { dir } = await world.label("qa")
  await world.json("account disable boss")
  const { backups } = await world.json<{ backups: BackupView[] }>("restore")
  const knowing = (count: number) =>
    String(backups.find(({ labels }) => labels.length === count)?.name)
  await world.json(`codex forget-home ${dir}`)
  await world.json("refresh qa --force")
  // No client holds the newest login: without its label it is in quarantine and nowhere else.
  await rm(dir, { recursive: true })
  await world.json(`restore ${knowing(1)} --yes`)
  expect((await world.vault()).quarantine).toMatchObject([{ label: "qa", reason: "not_in_backup" }])

  const again = await world.json<{ labels: object[]; touches: string[] }>(
    `restore ${knowing(2)} --yes`,
  )
  expect(again.labels).toContainEqual({
    provider: "openai-codex",
    label: "qa",
    source: "quarantine",
  })
  expect(again.touches).toContain(
    "`qa` gets its login out of quarantine, which is newer than the backup's",
  )
  const { labels } = await world.json<{ labels: object[] }>("refresh qa --force")
  expect(labels).toEqual([{ label: "qa", outcome: "refreshed" }])
  expect(reuses(world.sim.log())).toEqual([])
  expect((await world.vault()).quarantine ?? []).toEqual([])
})
