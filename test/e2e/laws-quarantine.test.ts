import { describe, expect, test } from "bun:test"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { codexRefreshes } from "./support/codex-client.ts"

type Refused = { error: { code: string; hint: string } }

async function stored(world: World, label: string) {
  return (await world.vault()).credentials["openai-codex"]?.[label]
}

async function entries(world: World) {
  return (await world.vault()).quarantine ?? []
}

/** Lets the world's clock, in whole seconds like a token's `iat`, move on. */
const nextSecond = () => Bun.sleep(1_100)

/** A label whose login conflicts with another one of the same person, which lies in quarantine. */
async function withConflict(world: World) {
  const older = await world.login("boss", { dir: join(world.home, "older") })
  await nextSecond()
  const { dir, login } = await world.label("boss")
  await world.json(`codex capture boss --source-home ${older.dir}`, 1)
  const [entry] = await entries(world)
  return { dir, login, older, id: String(entry?.id) }
}

describe("a login adopted out of quarantine", () => {
  test("is not dropped for a pair that the client had rotated before", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { dir, older, id } = await withConflict(world)
    expect((await entries(world))[0]?.reason).toBe("conflict")
    await world.json(`codex forget-home ${older.dir}`)
    await nextSecond()
    const rotated = await codexRefreshes(world, dir)
    const { replaced } = await world.json<{ replaced: string }>(`quarantine adopt ${id} boss`)
    expect((await stored(world, "boss"))?.refresh).toBe(older.login.refreshToken)
    const kept = await entries(world)
    expect(kept.find((entry) => entry.id === replaced)?.credential.refresh).toBe(rotated)
    expect((await world.auth(dir)).tokens.refresh_token).toBe(older.login.refreshToken)
  })

  test("is refused for a label of another provider, where nobody would find it again", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { id } = await withConflict(world)
    await world.json("account add claudia --provider anthropic")
    const refused = await world.json<Refused>(`quarantine adopt ${id} claudia`, 1)
    expect(refused.error.code).toBe("wrong_provider")
    expect((await entries(world)).map((entry) => entry.id)).toEqual([id])
  })

  test("is refused under a second label of one person", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { id } = await withConflict(world)
    const refused = await world.json<Refused>(`quarantine adopt ${id} twin`, 1)
    expect(refused.error.code).toBe("login_already_labelled")
    expect((await entries(world)).map((entry) => entry.id)).toEqual([id])
  })
})

describe("two labels of one person, as a hand-made state file has them", () => {
  test("lose no login when a client rotates one and nobody can say which", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const first = await world.label("boss")
    await nextSecond()
    const second = await world.login("boss", { dir: join(world.home, "second") })
    const path = join(world.home, ".aimgr", "secrets.json")
    const vault = JSON.parse(await readFile(path, "utf8"))
    vault.accounts.twin = vault.accounts.boss
    vault.credentials["openai-codex"].twin = {
      access: second.login.accessToken,
      refresh: second.login.refreshToken,
      idToken: second.login.idToken,
      expiresAt: new Date(second.login.expiresAt).toISOString(),
      accountId: second.login.accountId,
    }
    vault.targets.codexCli.activeLabel = "twin"
    await writeFile(path, JSON.stringify(vault))
    await mkdir(world.codexHome)
    await writeFile(
      join(world.codexHome, "auth.json"),
      JSON.stringify(world.sim.authJson(first.login)),
    )
    await nextSecond()
    await codexRefreshes(world, world.codexHome)
    await world.aim("refresh --all")
    const text = await readFile(path, "utf8")
    for (const token of world.sim.liveRefreshTokens("boss")) expect(text).toContain(token)
  })
})

describe("a capture over a record that some program left incomplete", () => {
  async function incomplete(world: World) {
    const made = await world.label("boss")
    const path = join(world.home, ".aimgr", "secrets.json")
    const vault = JSON.parse(await readFile(path, "utf8"))
    delete vault.credentials["openai-codex"].boss.expiresAt
    await writeFile(path, JSON.stringify(vault))
    return made
  }

  test("refuses another person's login", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    const { login } = await incomplete(world)
    const { dir } = await world.login("qa")
    const refused = await world.json<Refused>(`codex capture boss --source-home ${dir}`, 1)
    expect(refused.error.code).toBe("identity_mismatch")
    expect((await stored(world, "boss"))?.refresh).toBe(login.refreshToken)
  })

  test("keeps the login that stood there", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { login } = await incomplete(world)
    const again = await world.login("boss", { dir: join(world.home, "again") })
    await world.json(`codex capture boss --source-home ${again.dir}`)
    expect((await stored(world, "boss"))?.refresh).toBe(again.login.refreshToken)
    expect((await entries(world)).map(({ credential }) => credential.refresh)).toEqual([
      login.refreshToken,
    ])
  })
})

test("a rename takes no name under which a login without an account is stored", async () => {
  await using world = await openWorld([{ name: "boss" }, { name: "ghost" }])
  await world.label("boss")
  const { login } = await world.label("ghost")
  const path = join(world.home, ".aimgr", "secrets.json")
  const vault = JSON.parse(await readFile(path, "utf8"))
  delete vault.accounts.ghost
  await writeFile(path, JSON.stringify(vault))
  const refused = await world.json<Refused>("account rename boss ghost --yes", 1)
  expect(refused.error.code).toBe("login_without_label")
  await world.json("account add ghost")
  expect((await stored(world, "ghost"))?.refresh).toBe(login.refreshToken)
})
