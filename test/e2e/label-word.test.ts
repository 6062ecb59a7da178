import { describe, expect, test } from "bun:test"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"

type Document = Record<string, unknown> & { error?: { code: string; hint: string } }

async function captured(): Promise<World> {
  const world = await openWorld([{ name: "boss" }])
  await world.label("boss")
  return world
}

/** A document without what two runs never share. */
function timeless({ maintenance: _at, ...rest }: Document): Document {
  return rest
}

describe("where nobody sits at a terminal, `aim <label>`", () => {
  test.each(["", " --json", " --manual", " --timeout 5 --json"])(
    "is exactly `aim login <label>`:%s",
    async (flags) => {
      await using first = await captured()
      await using second = await captured()
      const short = await first.aim(`boss${flags}`)
      const long = await second.aim(`login boss${flags}`)
      expect(short).toMatchObject({ code: 0, stderr: long.stderr })
      const [here, there] = [short.json(), long.json()] as [Document, Document]
      expect(here).toMatchObject({ ok: true, label: "boss", how: "refreshed" })
      const bare = (document: Document, home: string) =>
        JSON.stringify(timeless(document)).replaceAll(home, "~")
      expect(bare(here, first.home)).toBe(bare(there, second.home))
    },
  )

  test("takes the flags of `aim login`, and no others", async () => {
    await using world = await captured()
    expect((await world.json<Document>("boss --nxt", 2)).error?.code).toBe("unknown_flag")
    const both = await world.json<Document>("boss --manual --browser", 2)
    expect(both.error?.code).toBe("conflicting_flags")
    expect((await world.json<Document>("BOSS --timeout 5")).label).toBe("boss")
    expect((await world.aim("--json -- boss")).json()).toMatchObject({ label: "boss" })
  })

  test("with words behind it is refused: a label stands alone", async () => {
    await using world = await captured()
    const { error } = await world.json<Document>("boss now", 2)
    expect(error).toMatchObject({
      code: "label_stands_alone",
      hint: expect.stringContaining("aim login boss"),
    })
    expect((await world.json<Document>("boss codex use", 2)).error?.code).toBe("removed")
  })

  test("makes no label of a word that is none, and names the nearest command", async () => {
    await using world = await captured()
    for (const line of [
      "nightly",
      "nightly --device-code",
      "stauts",
      "pin --provider openai-codex",
    ]) {
      const { error } = await world.json<Document>(line, 2)
      expect(error?.code, line).toBe(line.startsWith("pin") ? "removed" : "unknown_command")
    }
    expect((await world.json<Document>("stauts", 2)).error?.hint).toContain("aim status")
    expect(Object.keys((await world.vault()).accounts)).toEqual(["boss"])
  })

  test("makes one where it is said whose login it will have", async () => {
    await using world = await captured()
    const { error } = await world.json<Document>("nightly --provider anthropic", 1)
    expect(error?.code).toBe("no_login_in_home")
    const line = "nightly --provider openai-codex --manual"
    expect((await world.json<Document>(line, 1)).error?.code).toBe("nothing_pasted")
    expect(Object.keys((await world.vault()).accounts)).toEqual(["boss"])
  })
})

test("a label that is named like a command is opened behind `aim login`", async () => {
  await using world = await captured()
  const path = join(world.home, ".aimgr/secrets.json")
  const text = await readFile(path, "utf8")
  await writeFile(path, text.replaceAll('"boss":', '"serve":'))
  expect((await world.json<Document>("serve", 2)).error).toMatchObject({
    code: "label_needs_login",
    hint: expect.stringContaining("aim login serve"),
  })
  expect(await world.json<Document>("login serve")).toMatchObject({ label: "serve" })
})

test.each([
  ["broken", "{", "state_broken"],
  ["of a newer schema", '{"schemaVersion":"9.9"}', "state_newer"],
])(
  "where the state file is %s, that is what is said of a label's name",
  async (_how, text, code) => {
    await using world = await captured()
    await writeFile(join(world.home, ".aimgr/secrets.json"), text)
    for (const line of ["boss", "boss --manual", "boss now", "nightly --provider openai-codex"]) {
      const { error } = await world.json<Document>(line, 1)
      expect(error?.code, line).toBe(code)
    }
    expect((await world.json<Document>("pin boss", 2)).error?.code).toBe("removed")
    expect((await world.json<Document>("boss codex use", 2)).error?.code).toBe("removed")
    expect(await readFile(join(world.home, ".aimgr/secrets.json"), "utf8")).toBe(text)
  },
)
