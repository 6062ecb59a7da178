import { expect, test } from "bun:test"
import { openCodexWorld } from "../support/codex-world.ts"
import { execTurn, runCodex } from "../support/real-codex.ts"

const DEVICE = "login boss --provider openai-codex --device-code --json"

test("the real Codex serves with a login that aim made", async () => {
  await using world = await openCodexWorld()
  world.sim.typeDevices("boss")
  const made = await world.aim(DEVICE)
  expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('"logged_in"')])
  expect(await world.use()).toMatchObject({ label: "boss" })
  expect((await runCodex(world.codex, ["login", "status"])).rc).toBe(0)
  expect((await execTurn(world.codex)).answer).toBe("simulated answer for boss")
})

test("control: the real Codex logs in by device code where aim does", async () => {
  await using world = await openCodexWorld()
  world.sim.typeDevices("boss")
  const login = ["login", "--device-auth", "--experimental_issuer", world.sim.url]
  expect((await runCodex(world.codex, login)).rc).toBe(0)
  expect(world.seen("token_code")).toMatchObject([{ account: "boss", outcome: "logged_in" }])
  expect((await execTurn(world.codex)).answer).toBe("simulated answer for boss")
})
