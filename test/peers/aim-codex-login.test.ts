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

test("the wrong person's login serves the real Codex under a label of its own", async () => {
  await using world = await openCodexWorld()
  world.sim.typeDevices("boss")
  await world.aim(DEVICE)
  world.sim.revoke("boss")
  world.sim.typeDevices("qa")
  const refused = await world.aim(DEVICE)
  for (const word of ["identity_mismatch", "boss@example.test", "qa@example.test"])
    expect(refused.stdout).toContain(word)
  const [entry] = (await world.vault()).quarantine ?? []
  expect(refused.stdout).toContain(String(entry?.id))
  await world.json(`quarantine adopt ${entry?.id} second`)
  expect(await world.use()).toMatchObject({ label: "second" })
  expect((await execTurn(world.codex)).answer).toBe("simulated answer for qa")
})

test("control: the real Codex logs in by device code where aim does", async () => {
  await using world = await openCodexWorld()
  world.sim.typeDevices("boss")
  const login = ["login", "--device-auth", "--experimental_issuer", world.sim.url]
  expect((await runCodex(world.codex, login)).rc).toBe(0)
  expect(world.seen("token_code")).toMatchObject([{ account: "boss", outcome: "logged_in" }])
  expect((await execTurn(world.codex)).answer).toBe("simulated answer for boss")
})
