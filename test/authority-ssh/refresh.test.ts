import { describe, expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { askRefresh } from "../../src/authority/ask-refresh.ts"
import { pairHash } from "../../src/domain/pair.ts"
import { Secret } from "../../src/system/secret.ts"
import { type AuthorityWorld, openAuthority } from "../support/authority-world.ts"

const KEY = { provider: "openai-codex", label: "boss" } as const
const ask = ({ homes, locator }: AuthorityWorld, known: string | null, label = "boss") =>
  askRefresh(homes, locator, { ...KEY, label }, known)
const stored = async ({ there }: AuthorityWorld) =>
  new Secret(String((await there.vault()).credentials["openai-codex"]?.boss?.refresh))
const posts = ({ there }: AuthorityWorld) =>
  there.sim.log().filter(({ kind }) => kind === "token_refresh").length

describe("an authority that is asked for a newer pair", () => {
  test("posts the pair that both hold, once, and answers with the new one", async () => {
    await using world = await openAuthority(["boss"])
    await world.there.json("codex use")
    const known = pairHash(await stored(world))
    const answers = await Promise.all([ask(world, known), ask(world, known)])
    expect(answers.map(({ kind }) => kind)).toEqual(["pair", "pair"])
    expect(posts(world)).toBe(1)
    const now = await stored(world)
    expect(pairHash(now)).not.toBe(known)
    for (const answer of answers)
      expect(answer.kind === "pair" && now.equals(answer.record.refresh as Secret)).toBe(true)
    expect((await world.there.auth()).tokens.refresh_token).toBe(now.reveal())
    expect((await world.there.aim("history")).stdout).toContain("refresh")
  })

  test("answers with a newer one as it stands, and posts nothing", async () => {
    await using world = await openAuthority(["boss"])
    for (const known of ["0".repeat(64), null]) {
      const answer = await ask(world, known)
      const refresh = answer.kind === "pair" ? (answer.record.refresh as Secret) : null
      expect((await stored(world)).equals(refresh)).toBe(true)
    }
    expect(posts(world)).toBe(0)
  })

  test("says that the issuer refuses its login for good", async () => {
    await using world = await openAuthority(["boss"])
    world.there.sim.revoke("boss")
    const known = pairHash(await stored(world))
    expect((await ask(world, known)).kind).toBe("dead")
    expect((await ask(world, known)).kind).toBe("dead")
    expect(posts(world)).toBe(1)
  })

  test("knows no such label, or can't ask the issuer", async () => {
    await using world = await openAuthority(["boss"], {
      env: { AIM_OPENAI_AUTH_URL: "http://127.0.0.1:9" },
    })
    expect(await ask(world, null, "qa")).toEqual({ kind: "cannot", why: "unknown_label" })
    const known = pairHash(await stored(world))
    expect(await ask(world, known)).toEqual({ kind: "cannot", why: "transient" })
  })

  test.each([
    ["none", "no_aim"],
    ["foreign", "foreign_aim"],
    ["reference", "reference"],
  ] as const)("%s can't", async (aim, why) => {
    await using world = await openAuthority(["boss"], { aim })
    expect(await ask(world, null)).toEqual({ kind: "cannot", why })
  })

  test("is too old", async () => {
    await using world = await openAuthority(["boss"], { aim: "foreign" })
    const old = `test "$1" = --version && { echo "aim 0.0.1"; exit; }
echo '{"ok":false,"error":{"code":"unknown_command","message":"no"}}'; exit 2`
    await writeFile(join(world.remoteBin, "aim"), `#!/bin/sh\n${old}\n`)
    expect(await ask(world, null)).toEqual({ kind: "cannot", why: "too_old" })
  })
})
