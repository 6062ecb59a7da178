import { describe, expect, test } from "bun:test"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fetchOffer } from "../../src/authority/fetch-offer.ts"
import { promotionText } from "../../src/domain/promotion/promotion.ts"
import { type Secret, unseal } from "../../src/system/secret.ts"
import { type AuthorityWorld, openAuthority, type RemoteAim } from "../support/authority-world.ts"
import { failWith } from "../support/fail-with.ts"
import { CODEX, offered, promotionOf, refreshOf, rotated, send } from "../support/promoting.ts"

/** The reference program itself is one of them where AIM_PEER_AIMGR names a checkout of it. */
const checkout = process.env.AIM_PEER_AIMGR?.trim() || undefined
const AUTHORITIES: [who: string, aim: RemoteAim][] = [
  ["the stand-in", "reference"],
  ...(checkout === undefined ? [] : [["aimgr", { path: checkout }] as [string, RemoteAim]]),
]

describe.each(AUTHORITIES)("%s as the authority", (_who, aim) => {
  test("is read whole, takes a promotion, and its refusals are understood", async () => {
    await using world = await openAuthority(["boss"], { aim, claude: ["lessons"] })
    const base = await offered(world)
    expect((await fetchOffer(world.homes, world.locator, CODEX)).transport).toBe("whole-file")
    const [one, two] = [rotated(world, "boss", base), rotated(world, "boss", base)]
    const answer = await send(world, promotionOf({ boss: { record: one, base } }))
    expect(answer).toMatchObject({ status: "applied", labels: ["boss"] })
    expect(await refreshOf(world)).toBe((one.refresh as Secret).reveal())
    const again = promotionOf({ boss: { record: one, base: one } })
    expect((await send(world, again)).status).toBe("noop")
    const late = promotionOf({ boss: { record: two, base } })
    const { message } = await failWith("promotion_conflict", () => send(world, late))
    expect(message).toBe(
      "ssh://studio: Refusing codex promotion for label=boss: authority credentials changed since the consumer imported them.",
    )
  })
})

/** Runs a program on the consumer's machine. */
async function run(world: AuthorityWorld, argv: readonly string[], stdin = "") {
  const child = Bun.spawn([...argv], {
    env: { ...world.homes.env, PATH: `${world.homes.env.PATH}:${process.env.PATH}` },
    stdin: Buffer.from(stdin),
    stdout: "pipe",
    stderr: "pipe",
  })
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()])
  expect([await child.exited, stderr], stdout).toEqual([0, ""])
  return JSON.parse(stdout)
}

describe("aim as the authority of a reference consumer", () => {
  test("answers the very commands that the reference sends over ssh", async () => {
    await using world = await openAuthority(["boss"])
    const ssh = [join(world.sshd.clientPath, "ssh"), "studio"]
    const state = await run(world, [...ssh, 'cat -- "$HOME/.aimgr/secrets.json"'])
    expect(Object.keys(state.credentials[CODEX])).toEqual(["boss"])
    const base = await offered(world)
    const record = rotated(world, "boss", base)
    const payload = promotionText(promotionOf({ boss: { record, base } })).reveal()
    const { applied } = await run(world, [...ssh, "aim internal apply-codex-promotion"], payload)
    expect(applied).toMatchObject({ status: "applied", target: world.state, labels: ["boss"] })
    const named = `aim internal apply-codex-promotion --state '${world.state}'`
    expect((await run(world, [...ssh, named], payload)).applied.status).toBe("noop")
  })
})

if (checkout !== undefined)
  test("aimgr as a consumer syncs from aim, promotes to it, and syncs again", async () => {
    await using world = await openAuthority(["boss"], { claude: ["lessons"] })
    const aimgr = (...words: string[]) =>
      run(world, ["node", join(checkout, "bin/aimgr.js"), ...words])
    const { imported } = await aimgr("sync", "codex", "--from", "ssh://studio")
    expect(imported.importedLabels).toEqual(["boss"])
    expect(
      (await aimgr("sync", "claude", "--from", "ssh://studio")).imported.importedLabels,
    ).toEqual(["lessons"])
    const mine = world.homes.stateFile
    const state = JSON.parse(await readFile(mine, "utf8"))
    for (let round = 0; round < 2; round++) {
      // As the reference stores its own refresh: four keys, the access token for an id token.
      const { access, refresh } = unseal(rotated(world, "boss", await offered(world))) as {
        access: string
        refresh: string
      }
      const held = { ...state.credentials[CODEX].boss, access, refresh, idToken: access }
      const now = JSON.parse(await readFile(mine, "utf8"))
      now.credentials[CODEX].boss = held
      await writeFile(mine, JSON.stringify(now))
      const { promoted } = await aimgr("promote", "codex", "--to", "ssh://studio", "boss")
      expect(promoted).toMatchObject({ status: "applied", labels: ["boss"] })
      expect(await refreshOf(world)).toBe(refresh)
    }
    const again = await aimgr("sync", "codex", "--from", "ssh://studio")
    expect(again.imported.removedLabels).toEqual([])
  })
