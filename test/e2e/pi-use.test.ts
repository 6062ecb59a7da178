import { describe, expect, test } from "bun:test"
import { chmod, mkdir, readFile, readlink, rename, stat, symlink, utimes } from "node:fs/promises"
import { join } from "node:path"
import { otherHolder } from "../support/dir-lock.ts"
import {
  ANTHROPIC,
  lockOf,
  piEntry,
  piFile,
  piHome,
  piLogin,
  piRefreshes,
  piRefreshToken,
  readPi,
  writePi,
} from "../support/pi-home.ts"
import { openWorld, type World } from "../support/world.ts"
import { pictureOf } from "./support/home-picture.ts"
import { quota } from "./support/quota.ts"

const ENTRY_INVALID = "pi_target_provider_entry_invalid"
const TWO = [
  { name: "boss", ...quota(10, 80) },
  { name: "qa", ...quota(10, 20) },
]

/** Two stored labels and a Pi without a login. */
async function two(): Promise<World> {
  const world = await openWorld([...TWO, { name: "guest" }])
  await world.label("boss")
  await world.label("qa")
  return world
}

const stored = async (world: World, label: string) =>
  (await world.vault()).credentials["openai-codex"]?.[label]?.refresh ?? "none"

describe("`aim pi use`", () => {
  test("writes Pi's own file into a home that is not there, and nothing the second time", async () => {
    await using world = await two()
    const dir = piHome(world.home)
    const { activated } = await world.json("pi use")
    expect(activated).toMatchObject({
      status: "activated",
      wrote: { auth: true },
      receipt: { action: "pi_use", label: "qa", authPath: piFile(dir), wroteAuthJson: true },
    })
    const file = await readPi(dir)
    expect(Object.keys(file)).toEqual(["openai-codex"])
    expect(Object.keys(file["openai-codex"] ?? {})).toEqual([
      "type",
      "access",
      "refresh",
      "expires",
      "accountId",
    ])
    expect(file["openai-codex"]).toMatchObject({ type: "oauth", expires: expect.any(Number) })
    expect(await piRefreshToken(dir)).toBe(await stored(world, "qa"))
    expect((await stat(piFile(dir))).mode & 0o777).toBe(0o600)
    expect((await stat(dir)).mode & 0o777).toBe(0o700)
    expect((await world.vault()).targets).toMatchObject({
      piCli: { agentDir: dir, authPath: piFile(dir), activeLabel: "qa" },
    })
    const before = await pictureOf(world.home)
    const again = await world.json("pi use")
    expect(again.activated).toMatchObject({ status: "noop", wrote: { auth: false } })
    expect(await pictureOf(world.home)).toEqual(before)
  })

  test("foretells with --dry-run what --next does", async () => {
    await using world = await two()
    await world.json("pi use")
    const before = await pictureOf(world.home)
    const foreseen = await world.json("pi use --next --dry-run")
    expect(foreseen).toMatchObject({ dryRun: true, activated: { receipt: { label: "boss" } } })
    expect(await pictureOf(world.home)).toEqual(before)
    const done = await world.json("pi use --next")
    expect(done.activated.receipt).toMatchObject({ label: "boss", previousLabel: "qa" })
    expect(done.activated.receipt.warnings).toEqual([])
  })

  test("changes its own entry and not a byte beside it: others, order, layout, link", async () => {
    await using world = await two()
    const dir = piHome(world.home)
    const login = world.sim.mintLogin("boss")
    const entry = JSON.stringify({ zeta: [1], ...piEntry(login), note: "mine" }, null, 8)
    const text = `{\n\t"anthropic": ${JSON.stringify(ANTHROPIC)},\n\t"openai-codex": ${entry},\n\t"x" :  {"type":"api_key","key":"AIMCANARY-k"}\n}\n`
    await writePi(dir, text)
    await rename(piFile(dir), join(dir, "real.json"))
    await symlink("real.json", piFile(dir))
    await chmod(join(dir, "real.json"), 0o644)
    const { activated } = await world.json("pi use --next")
    expect(activated.receipt).toMatchObject({ label: "qa", previousLabel: "boss" })
    expect(activated.receipt.captured).toMatchObject([{ label: "boss", reason: "newer_pair" }])
    expect(await stored(world, "boss")).toBe(login.refreshToken)
    expect(await readlink(piFile(dir))).toBe("real.json")
    expect((await stat(piFile(dir))).mode & 0o777).toBe(0o600)
    const held = (await readPi(dir))["openai-codex"]
    expect(held).toMatchObject({ zeta: [1], note: "mine", refresh: await stored(world, "qa") })
    const mine = { ...held, ...piEntry(login) }
    const back = (await readFile(piFile(dir), "utf8"))
      .replace(String(held?.access), login.accessToken)
      .replace(String(held?.refresh), login.refreshToken)
      .replace(String(held?.expires), String(mine.expires))
      .replace(String(held?.accountId), login.accountId)
    expect(back).toBe(text)
  })

  test("takes in what Pi has renewed, and the pair reaches the Codex home, id token and all", async () => {
    await using world = await two()
    await world.json("pi use")
    await world.label("qa")
    await world.json("codex use")
    const { tokens } = await world.auth()
    await world.json("pi use")
    const renewed = await piRefreshes(world)
    const switched = await world.json("pi use --next")
    expect(switched.activated.receipt).toMatchObject({
      captured: [{ label: "qa", reason: "newer_pair" }],
      label: "boss",
    })
    expect(await stored(world, "qa")).toBe(renewed)
    const codex = await world.auth()
    expect(codex.tokens.refresh_token).toBe(renewed)
    expect(codex.tokens.id_token).toBe(tokens.id_token)
    expect(world.sim.log().filter(({ outcome }) => outcome === "refresh_token_reused")).toEqual([])
  })

  test("a refresh of a label that is live in Codex and in Pi reaches both", async () => {
    await using world = await two()
    await world.json("codex use")
    await world.json("pi use")
    await world.json("refresh qa --force")
    const newest = await stored(world, "qa")
    expect((await world.auth()).tokens.refresh_token).toBe(newest)
    expect(await piRefreshToken(piHome(world.home))).toBe(newest)
  })
})

describe("a Pi home that is not simply ours", () => {
  test("keeps a login of no label until told, and a copy of that entry alone", async () => {
    await using world = await two()
    const dir = piHome(world.home)
    const guest = await piLogin(world, "guest")
    const before = await readFile(piFile(dir), "utf8")
    const refused = await world.json<{ error: { code: string } }>("pi use", 1)
    expect(refused.error.code).toBe("pi_target_unmanaged_login")
    expect(await readFile(piFile(dir), "utf8")).toBe(before)
    const done = await world.json("pi use --replace-unmanaged")
    const kept = String(done.activated.receipt.replacedLoginKeptAt)
    expect(JSON.parse(await readFile(kept, "utf8"))).toEqual({ "openai-codex": piEntry(guest) })
    expect((await readPi(dir)).anthropic).toEqual(ANTHROPIC)
    expect((await world.vault()).quarantine).toMatchObject([{ reason: "replaced_unmanaged" }])
  })

  test("makes it a label with --adopt, which Codex then can use as well", async () => {
    await using world = await two()
    const guest = await piLogin(world, "guest")
    const { activated } = await world.json("pi use --adopt guest")
    expect(activated.receipt.captured).toMatchObject([{ label: "guest", reason: "adopted" }])
    expect(await stored(world, "guest")).toBe(guest.refreshToken)
    expect((await world.vault()).credentials["openai-codex"]?.guest).not.toHaveProperty("idToken")
    await world.json("account disable boss")
    await world.json("account disable qa")
    await world.json("codex use")
    expect((await world.auth()).tokens.id_token).toBe(guest.accessToken)
    await world.json("refresh guest --force")
    const { tokens } = await world.auth()
    expect(tokens.id_token).not.toBe(tokens.access_token)
  })

  test("an API key under its name is put aside only when told, an emptied login is dead", async () => {
    await using world = await two()
    const dir = piHome(world.home)
    await writePi(dir, '{"openai-codex":{"type":"api_key","key":"AIMCANARY-key"},"b":1}')
    expect(await world.json("pi use", 1)).toMatchObject({
      error: { code: "pi_target_unmanaged_login" },
    })
    await world.json("pi use --replace-unmanaged")
    expect(await readPi(dir)).toMatchObject({ "openai-codex": { type: "oauth" }, b: 1 })
    const entry = { type: "oauth", access: "", refresh: "", expires: 0 }
    await writePi(dir, { "openai-codex": entry })
    const { activated } = await world.json("pi use")
    expect(activated.receipt).toMatchObject({ label: "qa", captured: [] })
    expect(await piRefreshToken(dir)).toBe(await stored(world, "qa"))
  })

  test.each([
    ["no JSON", "{", "pi_target_auth_unreadable"],
    ["a list", "[]", "pi_target_auth_unreadable"],
    [
      "an entry of a kind that Pi does not know",
      '{"openai-codex":{"type":"magic"}}',
      ENTRY_INVALID,
    ],
    [
      "an entry without an expiry",
      '{"openai-codex":{"type":"oauth","access":"a","refresh":"r"}}',
      ENTRY_INVALID,
    ],
    ["the entry twice", '{"openai-codex":{},"openai-codex":{}}', "pi_target_auth_unreadable"],
  ])("a file with %s is reported and left as it is", async (_, text, code) => {
    await using world = await two()
    const dir = piHome(world.home)
    await writePi(dir, text)
    expect(await world.json("pi use", 1)).toMatchObject({ error: { code } })
    expect(await readFile(piFile(dir), "utf8")).toBe(text)
    const status = await world.json<{ warnings: { kind: string; system?: string }[] }>("status")
    expect(status.warnings).toContainEqual(
      expect.objectContaining({ kind: code, system: "pi-cli" }),
    )
  })

  test("a pair in conflict with the stored one goes to quarantine", async () => {
    await using world = await two()
    const dir = piHome(world.home)
    const early = world.sim.mintLogin("qa")
    await Bun.sleep(1_100)
    await world.label("qa")
    await writePi(dir, { "openai-codex": piEntry(early) })
    const done = await world.json("pi use")
    expect(done.activated.receipt).toMatchObject({ label: "qa" })
    const kept = (await world.vault()).quarantine ?? []
    expect(kept.map(({ reason, label }) => [reason, label])).toEqual([["conflict", "qa"]])
    expect(await piRefreshToken(dir)).toBe(await stored(world, "qa"))
  })
})

describe("Pi's own lock", () => {
  test("is waited for while a Pi holds it, and then the renewed pair is found", async () => {
    await using world = await two()
    await world.json("pi use")
    const dir = piHome(world.home)
    await using pi = holding(dir)
    await pi.holds
    const running = world.json("pi use --next")
    let ended = false
    running.then(
      () => (ended = true),
      () => (ended = true),
    )
    await Bun.sleep(1_500)
    expect(ended).toBe(false)
    expect(await piRefreshToken(dir)).toBe(await stored(world, "qa"))
    await pi.letGo()
    expect((await running).activated.receipt).toMatchObject({ label: "boss" })
  })

  test("that is stale or left by a killed aim holds nobody up", async () => {
    await using world = await two()
    const dir = piHome(world.home)
    await mkdir(lockOf(dir), { recursive: true })
    const old = new Date(Date.now() - 31_000)
    await utimes(lockOf(dir), old, old)
    await world.json("pi use")
    expect(await readPi(dir)).toHaveProperty("openai-codex")
    await expect(stat(lockOf(dir))).rejects.toThrow("ENOENT")
  })
})

function holding(dir: string) {
  const holder = otherHolder(lockOf(dir), { staleMs: 30_000 })
  return { ...holder, [Symbol.asyncDispose]: () => holder.kill() }
}
