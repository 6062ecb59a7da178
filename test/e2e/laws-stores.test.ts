import { describe, expect, test } from "bun:test"
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { codexRefreshes } from "./support/codex-client.ts"
import { openClient } from "./support/open-client.ts"

const nextSecond = () => Bun.sleep(1_100)

async function stored(world: World, label: string) {
  return (await world.vault()).credentials["openai-codex"]?.[label]
}

describe("a running client", () => {
  test("that may be refreshing a stranger's login is waited for as well", async () => {
    await using world = await openWorld([{ name: "qa" }, { name: "guest" }])
    await world.label("qa")
    const { login } = await world.login("guest", { dir: world.codexHome, expiresInSeconds: 60 })
    using _client = await openClient(world.codexHome)
    const blocked = await world.json("codex use --replace-unmanaged", 1)
    expect(blocked.activated.receipt.blockers[0]).toMatchObject({
      kind: "deferred_client_refreshing",
    })
    expect((await world.auth()).tokens.refresh_token).toBe(login.refreshToken)
  })

  test.each(["", "--dry-run"])("stops `use %s` alike", async (flag) => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    await world.label("boss")
    await world.json("codex use")
    await world.label("qa")
    await world.json("account disable boss")
    const { login } = await world.login("boss", { dir: world.codexHome, expiresInSeconds: 60 })
    using _client = await openClient(world.codexHome)
    const blocked = await world.json(`codex use ${flag}`, 1)
    expect(blocked.activated.receipt.blockers).toMatchObject([
      { kind: "deferred_client_refreshing", label: "boss" },
    ])
    expect((await world.auth()).tokens.refresh_token).toBe(login.refreshToken)
  })

  test("of the label that would be renewed stops a dry run as it stops the switch", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { dir } = await world.label("boss", { expiresInSeconds: 60 })
    using _client = await openClient(dir)
    for (const flag of ["--dry-run", ""]) {
      const blocked = await world.json(`codex use ${flag}`, 1)
      expect(blocked.activated.receipt.blockers).toMatchObject([
        { kind: "deferred_client_refreshing", store: dir },
      ])
    }
  })

  test("is seen where the login file lies, not only where its link stands", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    await world.label("qa")
    const other = join(world.home, "other-home")
    await world.login("boss", { dir: other, expiresInSeconds: 60 })
    await writeFile(join(other, "installation_id"), "one")
    await mkdir(world.codexHome)
    await symlink(join(other, "auth.json"), join(world.codexHome, "auth.json"))
    await world.json("codex capture boss")
    using _client = await openClient(other)
    const refresh = await world.json<{ labels: { outcome: string }[] }>("refresh boss", 1)
    expect(refresh.labels[0]?.outcome).toBe("deferred")
  })
})

describe("a store", () => {
  test("that was switched stays one when a timer runs without its CODEX_HOME", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    const custom = join(world.home, "custom")
    await world.json("codex use", 0, { env: { CODEX_HOME: custom } })
    await nextSecond()
    const rotated = await codexRefreshes(world, custom)
    const { labels } = await world.json<{ labels: { outcome: string }[] }>("refresh boss --force")
    expect(labels[0]?.outcome).toBe("captured")
    expect((await stored(world, "boss"))?.refresh).toBe(rotated)
    await world.json("refresh boss --force")
    expect((await world.auth(custom)).tokens.refresh_token).toBe(
      (await stored(world, "boss"))?.refresh ?? "",
    )
  })

  test("gives what its client rotated before it is forgotten", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { dir } = await world.label("boss")
    await nextSecond()
    const rotated = await codexRefreshes(world, dir)
    await world.json(`codex forget-home ${dir}`)
    expect((await stored(world, "boss"))?.refresh).toBe(rotated)
    const before = await readFile(join(dir, "auth.json"), "utf8")
    await world.json("refresh boss --force")
    expect(await readFile(join(dir, "auth.json"), "utf8")).toBe(before)
  })

  test("of a refreshed label has the new pair before another label's refresh is over", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "slow" }])
    const { dir, login } = await world.label("boss", { expiresInSeconds: 600 })
    await world.label("slow", { expiresInSeconds: 600 })
    world.sim.addFault({ path: "/oauth/token", account: "slow", kind: "hold" })
    const refreshing = world.aim("refresh --all --json")
    await world.sim.arrived(({ account, kind }) => kind === "token_refresh" && account === "boss")
    await world.sim.arrived(({ account, kind }) => kind === "token_refresh" && account === "slow")
    const held = async () => (await world.auth(dir)).tokens.refresh_token
    for (const end = Date.now() + 30_000; Date.now() < end; await Bun.sleep(50))
      if ((await held()) !== login.refreshToken) break
    const reached = await held()
    world.sim.release()
    expect((await refreshing).code).toBe(0)
    expect(reached).not.toBe(login.refreshToken)
  })
})

test("a switch that can't write says so in a receipt, and the other stores are healed", async () => {
  await using world = await openWorld([{ name: "boss" }])
  const { dir } = await world.label("boss", { expiresInSeconds: 600 })
  await mkdir(join(world.codexHome, "auth.lock"), { recursive: true })
  const blocked = await world.json("codex use", 1)
  expect(blocked.activated.receipt.blockers[0]?.kind).toBe("client_lock_unusable")
  expect((await world.auth(dir)).tokens.refresh_token).toBe(
    (await stored(world, "boss"))?.refresh ?? "",
  )
})

test("a home in conflict is brought up to date as soon as quarantine keeps what it holds", async () => {
  await using world = await openWorld([{ name: "boss" }])
  const older = await world.login("boss", { dir: join(world.home, "older") })
  await nextSecond()
  await world.label("boss")
  const { error } = await world.json<{ error: { code: string } }>(
    `codex capture boss --source-home ${older.dir}`,
    1,
  )
  expect(error.code).toBe("capture_conflict")
  expect((await world.auth(older.dir)).tokens.refresh_token).toBe(older.login.refreshToken)
  const use = await world.json("codex use")
  expect(use.activated.receipt.stores).toMatchObject([{ store: older.dir, outcome: "reached" }])
  const pair = String((await stored(world, "boss"))?.refresh)
  expect((await world.auth(older.dir)).tokens.refresh_token).toBe(pair)
  const kept = (await world.vault()).quarantine ?? []
  expect(kept.map(({ credential }) => credential.refresh)).toEqual([older.login.refreshToken])
})

test("but not with a login that is dead: the one in the home may still work", async () => {
  await using world = await openWorld([{ name: "boss" }])
  const older = await world.login("boss", { dir: join(world.home, "older") })
  await nextSecond()
  await world.label("boss")
  await world.json(`codex capture boss --source-home ${older.dir}`, 1)
  const reused = { error: { code: "refresh_token_reused" } }
  world.sim.addFault({ path: "/oauth/token", kind: "status", status: 401, body: reused })
  await world.aim("refresh boss --force")
  expect((await world.auth(older.dir)).tokens.refresh_token).toBe(older.login.refreshToken)
})
