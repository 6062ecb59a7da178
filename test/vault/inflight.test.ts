import { describe, expect, test } from "bun:test"
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { AimError } from "../../src/system/errors.ts"
import { Secret } from "../../src/system/secret.ts"
import {
  beginInflight,
  clearInflight,
  copyInflight,
  keepReply,
  listInflight,
  readInflight,
} from "../../src/vault/inflight.ts"
import { brokenInflight } from "../../src/vault/inflight-broken.ts"
import type { Lease, LeasedLabel, Vault } from "../../src/vault/vault.ts"
import { modeOf, pictureOf, put, thrownBy, vaultWith } from "./temp-vault.ts"

const boss: LeasedLabel = { provider: "openai-codex", label: "boss" }
const qa: LeasedLabel = { provider: "openai-codex", label: "qa" }
const POST = { pair: "ab12", mayBeSpent: false, identity: "boss@example.com", at: 1000 }
const REPLY = { status: 200, body: new Secret('{"refresh_token":"CANARY"}'), retryAfter: null }

/** Works on a fresh vault under the lease of `boss` and `qa`. */
async function leased(work: (vault: Vault, lease: Lease, file: string) => Promise<void>) {
  const vault = await vaultWith()
  const file = join(vault.paths.inflight, "openai-codex-boss.json")
  await vault.withLabels([boss, qa], (lease) => work(vault, lease, file))
}

const namesIn = (vault: Vault) => readdirSync(vault.paths.inflight)

test("a post is on disk from its beginning to its end, private", () =>
  leased(async (vault, lease, file) => {
    expect(await readInflight(vault, boss)).toBeNull()
    await beginInflight(vault, lease, boss, POST)
    expect(await readInflight(vault, boss)).toEqual({ ...POST, reply: null })
    expect([modeOf(file), modeOf(dirname(file))]).toEqual([0o600, 0o700])
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      version: 1,
      ...boss,
      pair: "ab12",
      mayBeSpent: false,
      identity: "boss@example.com",
      postedAt: 1000,
      reply: null,
    })
    await keepReply(vault, lease, boss, REPLY, 2000)
    const kept = await readInflight(vault, boss)
    expect(kept).toMatchObject({ ...POST, at: 2000, reply: { status: 200, retryAfter: null } })
    expect(kept?.reply?.body.reveal()).toBe(REPLY.body.reveal())
    expect(Bun.inspect(kept) + JSON.stringify(kept)).not.toContain("CANARY")
    expect(await listInflight(vault)).toEqual([boss])
    await clearInflight(vault, lease, boss)
    expect(await readInflight(vault, boss)).toBeNull()
    expect(namesIn(vault)).toEqual([])
  }))

test("nothing is written without the label's lease", async () => {
  const vault = await vaultWith()
  await vault.withLabels([qa], async (lease) => {
    for (const work of [
      beginInflight(vault, lease, boss, POST),
      keepReply(vault, lease, boss, REPLY, 1),
      clearInflight(vault, lease, boss),
      copyInflight(vault, lease, boss, qa),
    ])
      expect(await thrownBy(work)).toMatchObject({ problem: { code: "lease_missing" } })
  })
})

test("reading and listing change nothing", () =>
  leased(async (vault, lease, file) => {
    await beginInflight(vault, lease, boss, POST)
    put(join(dirname(file), "openai-codex-qa.json"), "{ damaged")
    const before = pictureOf(vault.paths.inflight)
    await readInflight(vault, boss)
    await readInflight(vault, qa)
    await listInflight(vault)
    await brokenInflight(vault)
    expect(pictureOf(vault.paths.inflight)).toEqual(before)
  }))

describe("what a killed aim left", () => {
  test("a whole reply in a temp file is found", () =>
    leased(async (vault, lease, file) => {
      await beginInflight(vault, lease, boss, POST)
      const posted = readFileSync(file, "utf8")
      await keepReply(vault, lease, boss, REPLY, 2000)
      renameSync(file, join(dirname(file), ".openai-codex-boss.json.aim-tmp-0123456789ab"))
      writeFileSync(file, posted)
      const found = await readInflight(vault, boss)
      expect(found?.reply?.body.equals(REPLY.body)).toBe(true)
      await clearInflight(vault, lease, boss)
      expect(namesIn(vault)).toEqual([])
    }))

  test("half a reply, and one of another post, are not", () =>
    leased(async (vault, lease, file) => {
      await beginInflight(vault, lease, boss, { ...POST, at: 1 })
      await keepReply(vault, lease, boss, REPLY, 2)
      const whole = readFileSync(file, "utf8")
      const temp = (n: number) => join(dirname(file), `.openai-codex-boss.json.aim-tmp-${n}`)
      await beginInflight(vault, lease, boss, POST)
      writeFileSync(temp(1), whole)
      writeFileSync(temp(2), whole.replace('"postedAt": 1,', '"postedAt": 1000,').slice(0, -20))
      expect((await readInflight(vault, boss))?.reply).toBeNull()
      await beginInflight(vault, lease, boss, POST)
      const room = ".openai-codex-boss.json.aim-tmp-room"
      expect(namesIn(vault)).toEqual([room, "openai-codex-boss.json"])
    }))

  test("a whole reply before what is left of its room is found", () =>
    leased(async (vault, lease, file) => {
      await beginInflight(vault, lease, boss, POST)
      const posted = readFileSync(file, "utf8")
      await keepReply(vault, lease, boss, REPLY, 2000)
      const whole = readFileSync(file, "utf8")
      const room = join(dirname(file), ".openai-codex-boss.json.aim-tmp-room")
      writeFileSync(room, whole.padEnd(65_536))
      writeFileSync(file, posted)
      const found = await readInflight(vault, boss)
      expect(found?.reply?.body.equals(REPLY.body)).toBe(true)
    }))
})

describe("a file that is no post", () => {
  test.each([
    ["damaged", "{ damaged"],
    ["empty", ""],
    ["of a newer aim", { version: 2, ...boss }],
    ["of another label", { version: 1, ...qa, ...POST, postedAt: 1, reply: null }],
  ])("is set aside, never overwritten, and named: %s", (_name, content) =>
    leased(async (vault, lease, file) => {
      await beginInflight(vault, lease, qa, POST)
      put(file, content)
      const text = readFileSync(file, "utf8")
      expect(await readInflight(vault, boss)).toBeNull()
      expect(await brokenInflight(vault)).toEqual([file])
      await clearInflight(vault, lease, boss)
      await beginInflight(vault, lease, boss, POST)
      put(file, content)
      await keepReply(vault, lease, boss, REPLY, 1000)
      const aside = [`${file}.broken-1000`, `${file}.broken-1000-2`]
      expect(await brokenInflight(vault)).toEqual(aside)
      for (const path of aside) expect(readFileSync(path, "utf8")).toBe(text)
      expect(await readInflight(vault, boss)).toMatchObject({ pair: "", mayBeSpent: true })
      expect((await readInflight(vault, boss))?.reply?.body.equals(REPLY.body)).toBe(true)
    }),
  )
})

test("a renamed label takes its post along", () =>
  leased(async (vault, lease) => {
    await beginInflight(vault, lease, boss, POST)
    await keepReply(vault, lease, boss, REPLY, 2000)
    await copyInflight(vault, lease, boss, qa)
    for (const key of [boss, qa])
      expect((await readInflight(vault, key))?.reply?.body.equals(REPLY.body)).toBe(true)
    await clearInflight(vault, lease, boss)
    expect(namesIn(vault)).toEqual(["openai-codex-qa.json"])
  }))

test("a key that is no label has its place too", async () => {
  const vault = await vaultWith()
  const odd: LeasedLabel = { provider: "anthropic", label: "../../Odd" }
  await vault.withLabels([odd], async (lease) => {
    await beginInflight(vault, lease, odd, POST)
    expect(await listInflight(vault)).toEqual([odd])
  })
})

test("a disk that refuses is named without the reply", () =>
  leased(async (vault, lease) => {
    put(vault.paths.inflight, "a file where the folder should be")
    const error = await thrownBy(keepReply(vault, lease, boss, REPLY, 1))
    expect(error).toBeInstanceOf(AimError)
    expect(error).toMatchObject({ problem: { code: "inflight_unwritable" } })
    expect(Bun.inspect(error)).not.toContain("CANARY")
  }))
