import { describe, expect, test } from "bun:test"
import type { Offer } from "../../../src/cli/completion/offers.ts"
import { placeOf } from "../../../src/cli/completion/place.ts"
import { COMMANDS } from "../../../src/cli/table/table.ts"

/** The place at the end of a line; its last word is the one that is being typed. */
const at = (line: string) => {
  const words = line.split(" ")
  return placeOf({ before: words.slice(0, -1), current: words.at(-1) ?? "" })
}
const wordsAt = async (line: string) => {
  const { offer, prefix } = await at(line)
  return offer.kind === "words" ? offer.words.map(({ value }) => `${prefix}${value}`) : offer.kind
}
const GLOBAL = ["--home", "--state", "--json", "--color", "--no-color", "--help"]

describe("words that lead on", () => {
  test("every command and group stands at the beginning, with what it is for", async () => {
    const { offer } = await at("")
    if (offer.kind !== "words") throw new Error(offer.kind)
    const first = COMMANDS.map(({ path }) => path.split(" ")[0] ?? "")
    expect(offer.words.map(({ value }) => value)).toEqual([...new Set([...first, "help"])])
    expect(offer.words.every(({ note }) => note !== "")).toBe(true)
  })

  test("so may a label, but not as a page of help, nor behind a group", async () => {
    const orLabel = async (line: string) => (await at(line)).offer
    expect(await orLabel("")).toMatchObject({ orLabel: true })
    expect(await orLabel("--home /x ")).toMatchObject({ orLabel: true })
    for (const line of ["help ", "codex ", "boss "])
      expect(await orLabel(line)).not.toMatchObject({ orLabel: true })
  })

  test("a label takes the flags of `aim login`", async () => {
    expect(await wordsAt("boss -")).toEqual(await wordsAt("login boss -"))
    expect(await wordsAt("boss --manual -")).toEqual(await wordsAt("login boss --manual -"))
    expect(await wordsAt("boss --provider ")).toEqual(["openai-codex", "anthropic"])
    expect(await wordsAt("help -")).toEqual(await wordsAt("-"))
  })

  test.each<[line: string, words: string[]]>([
    ["codex ", ["capture", "use", "watch", "show", "forget-home"]],
    ["--home /x codex ", ["capture", "use", "watch", "show", "forget-home"]],
    ["codex --json ", ["capture", "use", "watch", "show", "forget-home"]],
    ["quarantine ", ["list", "adopt", "drop"]],
    ["help codex ", ["capture", "use", "watch", "show", "forget-home"]],
    ["history ", ["show"]],
    ["help history ", ["show"]],
    ["help status ", []],
    ["help bogus ", []],
    ["bogus ", []],
    ["codex bogus ", []],
    ["-- ", []],
    ["codex -- ", []],
  ])("%j", async (line, words) => expect(await wordsAt(line)).toEqual(words))

  test("help leads to every page", async () => {
    expect(await wordsAt("help ")).toEqual(await wordsAt(""))
  })
})

describe("flags", () => {
  const USE = ["--next", "--dry-run", "--adopt", "--replace-unmanaged"]

  test.each<[line: string, words: string[]]>([
    ["codex use -", [...USE, ...GLOBAL]],
    ["codex use --d", [...USE, ...GLOBAL]],
    ["codex use ", [...USE, ...GLOBAL]],
    ["codex use --next --home /x ", [...USE.slice(1), ...GLOBAL.slice(1)]],
    ["codex -", GLOBAL],
    ["-", [...GLOBAL, "--version"]],
    ["account remove boss ", ["--yes", ...GLOBAL]],
    ["account remove -y boss ", GLOBAL],
    ["account add x --provider ", ["openai-codex", "anthropic"]],
    ["account add x --provider=", ["--provider=openai-codex", "--provider=anthropic"]],
    ["account add x --provider=op", ["--provider=openai-codex", "--provider=anthropic"]],
    ["history --target ", ["codex", "claude", "pi", "openclaw", "hermes"]],
    ["codex use --next=", []],
    ["codex use --bogus=", []],
    ["history --since ", []],
    ["codex use -- -", []],
  ])("%j", async (line, words) => expect(await wordsAt(line)).toEqual(words))
})

describe("values", () => {
  test.each<[line: string, offer: Offer]>([
    ["--home ", { kind: "dirs" }],
    ["--home=/t", { kind: "dirs" }],
    ["status --home ", { kind: "dirs" }],
    ["--state ", { kind: "files" }],
    ["codex capture x --source-home ", { kind: "dirs" }],
    ["codex forget-home ", { kind: "dirs" }],
    ["account show ", { kind: "known", what: "label" }],
    ["account show -- ", { kind: "known", what: "label" }],
    ["account --home /x show ", { kind: "known", what: "label" }],
    ["refresh b", { kind: "known", what: "label" }],
    ["codex capture ", { kind: "known", what: "label" }],
    ["codex use --adopt ", { kind: "known", what: "label" }],
    ["history --label ", { kind: "known", what: "label" }],
    ["history --label=b", { kind: "known", what: "label" }],
    ["history show ", { kind: "known", what: "receipt" }],
    ["quarantine drop ", { kind: "known", what: "entry" }],
    ["quarantine adopt ", { kind: "known", what: "entry" }],
    ["quarantine adopt 3f9c ", { kind: "known", what: "label" }],
    ["restore ", { kind: "known", what: "backup" }],
    ["restore ./", { kind: "files" }],
  ])("%j", async (line, offer) => expect((await at(line)).offer).toEqual(offer))

  test("one new name is no label yet, and one word too many is none at all", async () => {
    expect(await wordsAt("account rename boss b")).toEqual([])
    expect(await wordsAt("account add b")).toEqual([])
    expect(await wordsAt("account show boss b")).toEqual([])
  })

  test.each<[line: string, flags: Record<string, string>]>([
    ["--home /x --state=y account show ", { home: "/x", state: "y" }],
    ["account show --home /x ", { home: "/x" }],
    ["account --home /x show ", { home: "/x" }],
    ["account show -- --home /x ", {}],
  ])("the homes that %j names are those of its flags", async (line, flags) => {
    expect(Object.fromEntries((await at(line)).flags)).toEqual(flags)
  })

  test.each(COMMANDS)(
    "every label, folder and file of `aim $path` completes",
    async ({ path, load }) => {
      const { args } = (await load()).default
      for (const [name, arg] of Object.entries(args)) {
        if (arg.type === "positional" && name === "label" && path !== "account add")
          expect(arg.valueHint).toBe("label")
        if (/^dir$|-home$/.test(name)) expect(arg.valueHint).toBe("dir")
      }
    },
  )
})
