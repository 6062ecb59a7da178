import { describe, expect, test } from "bun:test"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { credentialFingerprint } from "../../src/domain/fingerprint.ts"
import { pairHash } from "../../src/domain/pair.ts"
import { AimError } from "../../src/system/errors.ts"
import { Secret } from "../../src/system/secret.ts"
import { openAuthority } from "../support/authority-world.ts"
import { failWith } from "../support/fail-with.ts"
import { CODEX, offered, promotionOf, refreshOf, rotated, send } from "../support/promoting.ts"

describe("a promotion over ssh", () => {
  test("takes the place of the authority's login, there and in its clients, and is remembered", async () => {
    await using world = await openAuthority(["boss"])
    await world.there.json("codex use")
    const base = await offered(world)
    const record = rotated(world, "boss", base)
    const answer = await send(world, promotionOf({ boss: { record, base } }))
    expect(answer).toMatchObject({ status: "applied", target: world.state, labels: ["boss"] })
    const [refresh, old] = [record.refresh as Secret, base.refresh as Secret]
    expect(await refreshOf(world)).toBe(refresh.reveal())
    expect((await world.there.auth()).tokens.refresh_token).toBe(refresh.reveal())
    const stored = (await world.there.vault()).credentials[CODEX]?.boss
    expect(stored?.formerPairs).toContain(pairHash(old))
    expect(credentialFingerprint(CODEX, stored)).toBe(credentialFingerprint(CODEX, record))
    const history = await world.there.aim("history")
    expect(history.stdout).toContain("apply codex promotion")
  })

  test("is a success again when its answer was lost", async () => {
    await using world = await openAuthority(["boss"])
    const base = await offered(world)
    const promotion = promotionOf({ boss: { record: rotated(world, "boss", base), base } })
    expect((await send(world, promotion)).status).toBe("applied")
    const before = await readFile(world.state, "utf8")
    expect((await send(world, promotion)).status).toBe("noop")
    expect(await readFile(world.state, "utf8")).toBe(before)
  })

  test("is refused where the authority's login has changed, and where it is an older one", async () => {
    await using world = await openAuthority(["boss"])
    const base = await offered(world)
    const mine = promotionOf({ boss: { record: rotated(world, "boss", base), base } })
    const others = promotionOf({ boss: { record: rotated(world, "boss", base), base } })
    await send(world, others)
    const before = await readFile(world.state, "utf8")
    await failWith("promotion_conflict", () => send(world, mine))
    const again = { record: base, base: await offered(world) }
    await failWith("promotion_older", () => send(world, promotionOf({ boss: again })))
    expect(await readFile(world.state, "utf8")).toBe(before)
  })

  test("is all or nothing over its labels", async () => {
    await using world = await openAuthority(["boss", "qa"])
    const [boss, qa] = [await offered(world, "boss"), await offered(world, "qa")]
    const before = await readFile(world.state, "utf8")
    const wrong = { record: rotated(world, "qa", qa), base: boss }
    const half = promotionOf({
      boss: { record: rotated(world, "boss", boss), base: boss },
      qa: wrong,
    })
    const entry = half.labels.qa
    if (entry === undefined) throw new Error("no entry")
    // What was imported was another login: nothing of the record remembers the stored one.
    const strange = { ...entry, credential: { ...entry.credential, formerPairs: [] } }
    const labels = { ...half.labels, qa: strange }
    await failWith("promotion_conflict", () => send(world, { ...half, labels }))
    expect(await readFile(world.state, "utf8")).toBe(before)
  })

  test("counts what a client there rotated meanwhile", async () => {
    await using world = await openAuthority(["boss"])
    await world.there.json("codex use")
    const base = await offered(world)
    const dir = world.there.codexHome
    const live = await world.there.login("boss", { dir })
    const mine = promotionOf({ boss: { record: rotated(world, "boss", base), base } })
    const { code } = await failWith("promotion_conflict", () => send(world, mine))
    expect(code).toBe("promotion_conflict")
    expect(await refreshOf(world)).toBe(live.login.refreshToken)
  })

  test("of two at once, exactly one wins, each time", async () => {
    await using world = await openAuthority(["boss"])
    for (let round = 0; round < 3; round++) {
      const base = await offered(world)
      const rivals = [rotated(world, "boss", base), rotated(world, "boss", base)]
      const outcomes = await Promise.allSettled(
        rivals.map((record) => send(world, promotionOf({ boss: { record, base } }))),
      )
      const won = outcomes.findIndex(({ status }) => status === "fulfilled")
      const lost = outcomes.find(({ status }) => status === "rejected")
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
      if (lost?.status !== "rejected" || !(lost.reason instanceof AimError))
        throw new Error("none lost")
      expect(lost.reason.problem.code).toBe("promotion_conflict")
      expect(
        new Secret((await refreshOf(world)) ?? "").equals(rivals[won]?.refresh as Secret),
      ).toBe(true)
    }
  })
})

test.each(["none", "foreign"] as const)("%s: nothing is sent where no aim is", async (aim) => {
  await using world = await openAuthority(["boss"], { aim })
  const base = await offered(world)
  const promotion = promotionOf({ boss: { record: rotated(world, "boss", base), base } })
  await failWith("authority_aim_missing", () => send(world, promotion))
  if (aim === "foreign") {
    const calls = await readFile(join(world.there.home, "foreign-calls"), "utf8")
    expect(new Set(calls.trim().split("\n"))).toEqual(new Set(["--version"]))
  }
})
