import { describe, expect, test } from "bun:test"
import { sha256 } from "../../src/system/hash.ts"
import { startAppServer } from "../support/app-server.ts"
import { openCodexWorld } from "../support/codex-world.ts"
import { execTurn, runCodex } from "../support/real-codex.ts"
import { makeThrowawayCa } from "../support/throwaway-ca.ts"

/** What aim writes, read by the real Codex CLI 0.169.0; both share one CODEX_HOME. */

describe("after `aim codex use`", () => {
  for (const [name, ca] of [
    ["a custom provider over http", undefined],
    ["the built-in provider over TLS", makeThrowawayCa],
  ] as const) {
    test(`through ${name}: the chosen label's token, login status 0, its turn, and on --next the other's`, async () => {
      await using world = await openCodexWorld(ca === undefined ? {} : { ca: await ca() })
      const logins = {
        boss: (await world.label("boss")).login,
        qa: (await world.label("qa")).login,
      }
      const served: string[] = []
      for (const flags of ["", "--next"]) {
        const { label } = await world.use(flags)
        if (label !== "boss" && label !== "qa") throw new Error(`no such label: ${label}`)
        const { accessToken, accountId } = logins[label]

        const server = await startAppServer(world.codex)
        expect(await server.authStatus()).toEqual({ authMethod: "chatgpt", authToken: accessToken })
        await server.stop()
        expect((await runCodex(world.codex, ["login", "status"])).rc).toBe(0)

        const { rc, answer } = await execTurn(world.codex)
        expect([rc, answer]).toEqual([0, `simulated answer for ${label}`])
        expect(world.seen("turn").at(-1)).toMatchObject({
          status: 200,
          bearerHash: sha256(accessToken),
          accountHeader: accountId,
        })
        served.push(label)
      }
      const asked = world.seen("usage").filter((entry) => entry.userAgent?.startsWith("aim/"))
      expect(asked.map((entry) => entry.status)).toEqual([200, 200])
      expect(served.toSorted()).toEqual(["boss", "qa"])
      expect(world.seen("turn")).toHaveLength(2)
      expect(world.seen("token_refresh")).toEqual([])
    })
  }
})
