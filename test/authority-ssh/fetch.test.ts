import { describe, expect, test } from "bun:test"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { fetchOffer } from "../../src/authority/fetch-offer.ts"
import { unseal } from "../../src/system/secret.ts"
import { openAuthority } from "../support/authority-world.ts"

const open = (offer: unknown) => JSON.stringify(unseal(offer))

describe("an aim on the other side", () => {
  test("gives one provider's portable records, and nothing else crosses", async () => {
    await using world = await openAuthority(["boss", "qa"], { claude: ["lessons"] })
    const { there, homes, locator } = world
    await there.json("codex use")
    await there.json("browser set boss --mode manual-callback")
    const vault = await there.vault()
    const fetched = await fetchOffer(homes, locator, "anthropic")
    const { transport, remoteVersion, hint } = fetched
    const version = (await there.aim("--version")).stdout.trim()
    expect([transport, `aim ${remoteVersion}`, hint]).toEqual(["aim", version, null])
    expect(Object.keys(fetched.offer.accounts)).toEqual(["lessons"])
    const { access, refresh } = vault.credentials.anthropic?.lessons ?? {}
    expect(unseal(fetched.offer.credentials.lessons)).toMatchObject({ access, refresh })
    const crossed = await world.crossed()
    for (const label of ["boss", "qa"]) {
      const codex = vault.credentials["openai-codex"]?.[label]
      for (const token of [codex?.access, codex?.refresh, codex?.idToken])
        expect(crossed).not.toContain(String(token))
      expect(crossed).not.toContain(`"${label}"`)
    }
    for (const word of ["targets", "browser", "reauth", "quarantine", "codexCli", "imports"])
      expect(crossed).not.toContain(word)
  })

  test("is found in ~/.local/bin, too, and reads the state file that is named", async () => {
    await using world = await openAuthority(["boss"], { aim: "local-bin" })
    const { homes, locate, there } = world
    await Bun.write(join(there.home, "a b.json"), await readFile(world.state))
    for (const text of ["ssh://studio", "studio:~/a b.json", `studio:${there.home}/a b.json`]) {
      const fetched = await fetchOffer(homes, locate(text), "openai-codex")
      expect([fetched.transport, Object.keys(fetched.offer.credentials)]).toEqual(["aim", ["boss"]])
    }
  })

  test("is not changed by being asked", async () => {
    await using world = await openAuthority(["boss"])
    const before = await readFile(world.state, "utf8")
    await fetchOffer(world.homes, world.locator, "openai-codex")
    expect(await readFile(world.state, "utf8")).toBe(before)
  })
})

describe("without an aim on the other side", () => {
  test.each([
    ["none", "no aim was found there"],
    ["foreign", "another program"],
    ["reference", "aimgr"],
  ] as const)(
    "%s: the state file is read whole, and it says how to avoid that",
    async (aim, why) => {
      await using world = await openAuthority(["boss"], { aim, claude: ["lessons"] })
      const fetched = await fetchOffer(world.homes, world.locator, "openai-codex")
      expect(fetched).toMatchObject({ transport: "whole-file", remoteVersion: null })
      expect(fetched.hint).toContain(why)
      expect(Object.keys(fetched.offer.accounts)).toEqual(["boss"])
      expect(open(fetched)).not.toContain("lessons")
      const calls = await Bun.file(join(world.there.home, "foreign-calls")).exists()
      if (aim === "foreign") expect(calls).toBe(true)
    },
  )
})

test("an authority behind a path is read and not written, an old file in memory alone", async () => {
  await using world = await openAuthority(["boss"], { aim: "none" })
  const old = JSON.stringify({ ...(await world.there.vault()), schemaVersion: "0.1", targets: {} })
  await Bun.write(world.state, old)
  const fetched = await fetchOffer(world.homes, world.locate(world.state), "openai-codex")
  expect(fetched).toMatchObject({ transport: "path", hint: null })
  expect(Object.keys(fetched.offer.credentials)).toEqual(["boss"])
  expect(await readFile(world.state, "utf8")).toBe(old)
})
