import { describe, expect, test } from "bun:test"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { codexCredential } from "../../src/domain/document.ts"
import { putCredential } from "../../src/domain/document-edits.ts"
import { pairHash } from "../../src/domain/pair.ts"
import { captureHeld, captureNewest, captureStore } from "../../src/pool/capture.ts"
import { keyOf } from "../../src/pool/pool.ts"
import { Secret } from "../../src/system/secret.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { pictureOf } from "../vault/temp-vault.ts"
import { strangeHome } from "./strange-home.ts"

const capture = async (world: PoolWorld, dir: string) =>
  captureStore(world.pool, await world.document(), world.target, await world.store(dir))

const stateOf = ({ pool }: PoolWorld) =>
  pictureOf(pool.vault.paths.dir).filter(({ name }) => name.startsWith("secrets.json"))

describe("a pair that a client rotated back", () => {
  test("is in the vault afterwards, and the one that left is remembered as a former pair", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss")
    const before = String(await world.stored("boss"))
    const rotated = await world.rotate(dir)
    expect(await capture(world, dir)).toEqual({ label: "boss", store: dir, reason: "newer_pair" })
    const credential = codexCredential(await world.document(), "boss")
    expect(credential?.refresh.reveal()).toBe(rotated)
    expect(credential?.formerPairs).toEqual([pairHash(new Secret(before))])
  })

  test("is found in whichever live store of the label it lies", async () => {
    await using world = await openPoolWorld(["boss", "qa"])
    await world.label("boss", { dir: world.codexHome })
    const dir = await world.label("boss")
    await world.rotate(await world.label("qa"))
    const rotated = await world.rotate(dir)
    await world.leased("boss", async (lease, key) => {
      expect(await captureNewest(world.pool, lease, key)).toMatchObject({ store: dir })
      expect(await captureNewest(world.pool, lease, key)).toBeNull()
    })
    expect(await world.stored("boss")).toBe(rotated)
  })

  test("is not taken without the label's lease", async () => {
    await using world = await openPoolWorld(["boss", "qa"])
    const dir = await world.label("boss")
    const store = await world.store(dir)
    await world.rotate(dir)
    const key = keyOf("openai-codex", "boss")
    await world.leased("qa", async (lease) => {
      await expect(captureHeld(world.pool, lease, key, world.target, store)).rejects.toMatchObject({
        problem: { code: "lease_missing" },
      })
    })
  })

  test("is kept in quarantine where the label may not have it", async () => {
    await using world = await openPoolWorld([])
    const { label, dir } = await strangeHome(world)
    expect(await capture(world, dir)).toBeNull()
    expect(await world.stored(label)).toBe("kept-refresh")
    expect((await world.document()).quarantine).toMatchObject([
      { label, reason: "wrong_identity", provider: "openai-codex" },
    ])
  })
})

const blanked = async (dir: string) => {
  const file = join(dir, "auth.json")
  const auth = JSON.parse(await readFile(file, "utf8"))
  const tokens = { ...auth.tokens, access_token: "", refresh_token: "" }
  await writeFile(file, JSON.stringify({ ...auth, tokens }))
}
const NOTHING: [string, (world: PoolWorld, dir: string) => Promise<unknown>][] = [
  ["holds the stored pair", async () => {}],
  [
    "holds an older pair",
    async (world) => world.take("boss", await world.login("boss", { dir: `${world.home}/new` })),
  ],
  ["was blanked by its client: a dead login is no rotation", (_, dir) => blanked(dir)],
  ["holds no file", (_, dir) => Bun.file(join(dir, "auth.json")).delete()],
  ["holds a file that does not parse", (_, dir) => writeFile(join(dir, "auth.json"), "{")],
  ["holds a stranger's login", (world, dir) => world.login("thief", { dir })],
  [
    "holds an unknown pair that was issued before the stored one: a conflict",
    (world, dir) => world.login("boss", { dir, expiresInSeconds: -9 * 86_400 }),
  ],
]

describe("nothing is captured and no byte changes where the store", () => {
  test.each(NOTHING)("%s", async (_name, change) => {
    await using world = await openPoolWorld(["boss", "thief"])
    const dir = await world.label("boss")
    await change(world, dir)
    const before = stateOf(world)
    expect(await capture(world, dir)).toBeNull()
    expect(await world.leased("boss", (lease, key) => captureNewest(world.pool, lease, key))).toBe(
      null,
    )
    const store = await world.store(dir)
    await world.leased("boss", async (lease, key) =>
      expect(await captureHeld(world.pool, lease, key, world.target, store)).toBeNull(),
    )
    expect(stateOf(world)).toEqual(before)
  })
})

test("of the very pair that is stored, the real id token is taken that the vault lacks", async () => {
  await using world = await openPoolWorld()
  const dir = await world.label("boss")
  await world.edit((document) => {
    const { idToken: _real, ...record } = codexCredential(document, "boss") ?? {}
    return putCredential(document, "openai-codex", "boss", record)
  })
  expect(await capture(world, dir)).toBeNull()
  const { idToken } = codexCredential(await world.document(), "boss") ?? {}
  expect(idToken?.reveal()).toBe((await world.held(dir)).id_token)
})

test("a pair of another label is left to that one", async () => {
  await using world = await openPoolWorld(["boss", "qa"])
  const dir = await world.label("boss")
  await world.label("qa")
  const rotated = await world.rotate(dir)
  const store = await world.store(dir)
  await world.leased("qa", async (lease, key) =>
    expect(await captureHeld(world.pool, lease, key, world.target, store)).toBeNull(),
  )
  expect(await world.stored("qa")).not.toBe(rotated)
})
