import { expect, test } from "bun:test"
import { readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { pairHash } from "../../src/domain/pair.ts"
import { promotionText } from "../../src/domain/promotion/promotion.ts"
import { AimError } from "../../src/system/errors.ts"
import type { Secret } from "../../src/system/secret.ts"
import { binaryPath } from "../e2e/support/run-aim.ts"
import { openAuthority, writeScript } from "../support/authority-world.ts"
import { cutAfter } from "../support/cut-proxy.ts"
import { failWith } from "../support/fail-with.ts"
import { offered, promotionOf, refreshOf, rotated, send } from "../support/promoting.ts"
import { tempFolder } from "../support/temp-folder.ts"

test("a connection cut anywhere leaves the old login or the new, and asking again ends it", async () => {
  await using world = await openAuthority(["boss"])
  const { config, knownHosts, port } = world.sshd
  const [straight, known] = [await readFile(config, "utf8"), await readFile(knownHosts, "utf8")]
  const stages = new Set<string>()
  for (const bytes of [1, 1_000, 2_500, 3_400, 3_800, 4_200, 4_600, 9_000]) {
    const base = await offered(world)
    const record = rotated(world, "boss", base)
    const promotion = promotionOf({ boss: { record, base } })
    await using proxy = await cutAfter(port, bytes)
    await writeFile(config, straight.replace(/Port \d+/, `Port ${proxy.port}`))
    await writeFile(knownHosts, known.replace(/\]:\d+/, `]:${proxy.port}`))
    const first = await send(world, promotion).then(
      ({ status }) => status,
      (error: unknown) => (error instanceof AimError ? error.problem.code : Promise.reject(error)),
    )
    await writeFile(config, straight)
    await writeFile(knownHosts, known)
    const [old, fresh] = [base.refresh, record.refresh].map((it) => (it as Secret).reveal())
    expect([old, fresh]).toContain(await refreshOf(world))
    stages.add(first)
    const again = await send(world, promotion)
    expect(await refreshOf(world)).toBe(fresh)
    if (first === "applied") expect(again.status).toBe("noop")
  }
  expect([...stages]).toEqual(
    expect.arrayContaining(["authority_unreachable", "authority_connection_lost"]),
  )
})

test("a full disk there changes nothing, and is named", async () => {
  await using world = await openAuthority(["boss", "qa"])
  const base = await offered(world)
  const aim = join(world.remoteBin, "aim")
  await rm(aim)
  // As test/e2e/support/small-disk.ts: the shell's own limit, its signal ignored.
  const limit = `test "$1" = internal && { trap '' XFSZ; ulimit -f 10; }`
  await writeScript(aim, `${limit}\nexec '${binaryPath("release")}' "$@"`)
  const before = await readFile(world.state, "utf8")
  const promotion = promotionOf({ boss: { record: rotated(world, "boss", base), base } })
  const { hint } = await failWith("authority_disk_full", () => send(world, promotion))
  expect(hint).toContain("make room there")
  expect(await readFile(world.state, "utf8")).toBe(before)
})

test("an authority that is killed at any step has the old login or the new, and ends it when asked again", async () => {
  await using world = await openAuthority(["boss"])
  await world.there.json("codex use")
  const records = tempFolder("faults")
  let kills = 0
  for (let at = 1; ; at++) {
    const base = await offered(world)
    const record = rotated(world, "boss", base)
    const stdin = promotionText(promotionOf({ boss: { record, base } })).reveal()
    const apply = (binary: "faults" | "release", env = {}) =>
      world.there.aim("internal apply-codex-promotion", { stdin, binary, env })
    await rm(join(records, "points"), { force: true })
    const { code } = await apply("faults", {
      AIM_FAULT_RECORD: join(records, "points"),
      AIM_FAULT_KILL: String(at),
    })
    if (code === 137) kills += 1
    const again = await apply("release")
    expect([again.code, again.stderr]).toEqual([0, ""])
    const fresh = (record.refresh as Secret).reveal()
    expect(await refreshOf(world)).toBe(fresh)
    const { formerPairs } = (await world.there.vault()).credentials["openai-codex"]?.boss ?? {}
    expect(formerPairs).toContain(pairHash(base.refresh as Secret))
    expect((await world.there.auth()).tokens.refresh_token).toBe(fresh)
    if (code === 0) break
  }
  expect(kills).toBeGreaterThan(20)
}, 600_000)

test("of two promotions at the same moment exactly one wins, a hundred times", async () => {
  await using world = await openAuthority(["boss"])
  const { there } = world
  let base = await offered(world)
  for (let round = 0; round < 100; round++) {
    const rivals = [rotated(world, "boss", base), rotated(world, "boss", base)]
    const runs = await Promise.all(
      rivals.map((record) => {
        const stdin = promotionText(promotionOf({ boss: { record, base } })).reveal()
        return there.aim("internal apply-codex-promotion", { stdin })
      }),
    )
    expect(runs.map(({ code }) => code).sort()).toEqual([0, 1])
    const winner = rivals[runs.findIndex(({ code }) => code === 0)] ?? base
    const loser = runs.find(({ code }) => code === 1)
    expect(JSON.parse(loser?.stdout ?? "{}").error.code).toBe("promotion_conflict")
    expect(await refreshOf(world)).toBe((winner.refresh as Secret).reveal())
    base = winner
  }
}, 600_000)
