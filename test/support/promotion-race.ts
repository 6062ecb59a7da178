import { expect, test } from "bun:test"
import { openAuthority } from "./authority-world.ts"
import { consumerOf, PROMOTE, SYNC, storedIn } from "./ssh-consumer.ts"

/** One test: two consumers that hand one label back over ssh at the same moment, so many times. */
export function racesPromotions(rounds: number): void {
  test(`two consumers that promote one label at once, ${rounds} times: one wins, the other's stays`, async () => {
    await using world = await openAuthority(["boss"])
    const consumers = [consumerOf(world), consumerOf(world)]
    await Promise.all(consumers.map(({ json }) => json(SYNC)))
    for (let round = 0; round < rounds; round++) {
      await Promise.all(consumers.map(({ login }) => login("boss")))
      const made = await Promise.all(consumers.map(({ stored }) => stored("boss")))
      const ends = await Promise.all(consumers.map(({ aim }) => aim(`${PROMOTE} --json`)))
      const won = ends.findIndex(({ code }) => code === 0)
      const said = `round ${round}: ${ends.map(({ stdout }) => stdout).join()}`
      expect(ends.map(({ code }) => code).sort(), said).toEqual([0, 1])
      const lost = 1 - won
      expect(ends[lost]?.stdout, said).toContain("authority credentials changed")
      expect(await storedIn(world.state, "boss"), said).toBe(made[won])
      expect(await consumers[lost]?.stored("boss"), said).toBe(made[lost])
      expect(world.there.sim.liveRefreshTokens("boss")).toContain(String(made[lost]))
      const listed = await consumers[lost]?.json("authority list")
      expect(listed, said).toMatchObject({ authorities: [{ dirtyLabels: ["boss"] }] })
      // The one that won has what is there; the other gives its login up for the next round.
      await consumers[lost]?.json(`${SYNC} --discard-dirty`)
    }
  }, 1_800_000)
}
