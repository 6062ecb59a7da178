import { describe, expect, test } from "bun:test"
import { EMPTY_DOCUMENT } from "../../src/domain/document.ts"
import { Secret } from "../../src/system/secret.ts"
import { refuseRedacted } from "../../src/vault/redacted.ts"
import { json, thrownBy, vaultWith } from "./temp-vault.ts"

/** A token that somebody has sent through JSON by mistake. */
const LOST = JSON.parse(JSON.stringify(new Secret("CANARY")))
const login = (refresh: unknown) => ({ "openai-codex": { boss: { refresh } } })

describe("a state file is refused that would lose a token to `[redacted]`", () => {
  test.each([
    ["as a text", { credentials: login(LOST) }],
    ["as a token", { credentials: login(new Secret(LOST)) }],
    ["in a list", { credentials: login([[LOST]]) }],
    ["in quarantine", { quarantine: [{ id: "ab", credential: { rawReply: new Secret(LOST) } }] }],
  ])("%s", (_name, change) => {
    expect(() => refuseRedacted({ ...EMPTY_DOCUMENT, ...(change as object) })).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ code: "state_invalid_change" }),
      }),
    )
  })

  test("and nothing is written", async () => {
    const vault = await vaultWith({ schemaVersion: "0.2", accounts: {} })
    const broken = vault.commit((it) => ({ ...it, credentials: login(new Secret(LOST)) }))
    expect(await thrownBy(broken)).toMatchObject({ problem: { code: "state_invalid_change" } })
    expect(json(vault.paths.file)).toEqual({ schemaVersion: "0.2", accounts: {} })
  })
})

test("real tokens, and the word where no token belongs, are written", () => {
  const accounts = { boss: { note: LOST } }
  const credentials = login(new Secret("CANARY"))
  expect(() => refuseRedacted({ ...EMPTY_DOCUMENT, accounts, credentials })).not.toThrow()
  expect(() => refuseRedacted(EMPTY_DOCUMENT)).not.toThrow()
})
