import { describe, expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { held, perform, pool, spent } from "./performing.ts"

const TOKEN = "/oauth/token"

describe("a chosen label that can't be had is passed over", () => {
  test("where its login proves dead on the way", async () => {
    await using world = await pool({ qa: 600 })
    world.sim.expire("qa", "refresh")
    spent(world, "boss")
    const receipt = await perform(world)
    expect(receipt.refreshed).toMatchObject([{ label: "qa", outcome: "dead" }])
    expect(receipt.status === "blocked" || receipt.label === "boss").toBe(true)
    expect(await held(world)).toBe(String(await world.stored("boss")))
  })

  test("where its access token is out and can't be renewed now", async () => {
    await using world = await pool()
    await perform(world)
    const out = { dir: join(world.home, "logins", "qa"), expiresInSeconds: -1 }
    await world.take("qa", await world.login("qa", out))
    world.sim.addFault({ path: TOKEN, kind: "status", status: 500 })
    const receipt = await perform(world, { next: true })
    expect(receipt).toMatchObject({ status: "blocked", blockers: [{ kind: "nothing_can_serve" }] })
    expect(await held(world)).toBe(String(await world.stored("boss")))
  })

  test("but serves while its access token lives, even if it can't be renewed now", async () => {
    await using world = await pool({ qa: 600 })
    world.sim.addFault({ path: TOKEN, kind: "status", status: 500 })
    const receipt = await perform(world, { next: true })
    expect(receipt).toMatchObject({
      label: "qa",
      refreshed: [{ label: "qa", outcome: "transient", detail: "http_500" }],
    })
  })

  test("and does not where what came for it was another's", async () => {
    await using world = await pool({ qa: 600 })
    world.sim.addFault({ path: TOKEN, kind: "other_account", as: "guest" })
    const receipt = await perform(world, { next: true })
    expect(receipt.refreshed).toMatchObject([{ label: "qa", outcome: "quarantined" }])
    expect(receipt.status).toBe("blocked")
  })

  test("where the home's configuration keeps it out", async () => {
    await using world = await pool()
    const [boss] = world.sim.accounts()
    const config = `forced_chatgpt_workspace_id = "${boss?.accountId}"`
    writeFileSync(join(world.codexHome, "config.toml"), config)
    const receipt = await perform(world, { next: true })
    expect(receipt).toMatchObject({
      status: "blocked",
      blockers: [{ kind: "codex_forced_workspace", labels: ["qa"] }],
    })
    writeFileSync(join(world.codexHome, "config.toml"), 'forced_chatgpt_workspace_id = "x"')
    expect((await perform(world)).blockers).toMatchObject([{ labels: ["boss"] }])
  })
})
