import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { COMMANDS } from "../../src/cli/table/table.ts"
import { differences, pictureOf } from "../e2e/support/home-picture.ts"
import { type RealShell, realShell } from "./support/real-shell.ts"
import { SHELL_KINDS } from "./support/shell-kinds.ts"

/** A folder name that a shell must quote; it holds a state of its own. */
const HARD = `hard 'one" $(touch pwned) *`
/** Behind a `~` bash 5.2 forgets to quote `$` and `)`, for every command. */
const SOFT = `soft 'one" it's;`
const STAMP = "20260131-081500123"

const LEFT = "\u0002"

function stateOf(...labels: string[]) {
  const accounts = Object.fromEntries(labels.map((label) => [label, {}]))
  const quarantine = [{ id: "3f9c", label: labels[0], reason: "conflict", credential: {} }]
  return JSON.stringify({ schemaVersion: "0.2", accounts, credentials: {}, quarantine })
}

async function put(home: string, name: string, text: string): Promise<void> {
  await mkdir(join(home, ".aimgr"), { recursive: true, mode: 0o700 })
  await writeFile(join(home, ".aimgr", name), text, { mode: 0o600 })
}

describe.each([...SHELL_KINDS])("%s", (kind) => {
  let shell: RealShell
  beforeAll(async () => {
    shell = await realShell(kind)
    await put(shell.home, "secrets.json", stateOf("boss", "lessons"))
    await put(shell.home, `secrets.json.bak.${STAMP}`, stateOf("boss"))
    await put(join(shell.home, HARD), "secrets.json", stateOf("other-1"))
    await put(join(shell.home, SOFT), "secrets.json", stateOf("fourth"))
    await put(join(shell.home, "colon:eq=x"), "secrets.json", stateOf("third"))
    await mkdir(join(shell.home, "boss"))
    await writeFile(join(shell.home, "plan.txt"), "")
  })
  afterAll(() => shell[Symbol.asyncDispose]())

  test.each<[keys: string, ran: string]>([
    ["aim acc\tsh\tbo\t", "aim account show boss"],
    ["aimgr acc\tsh\tles\t", "aimgr account show lessons"],
    ["true; aim account show bo\t", "aim account show boss"],
    ['aim account show "bo\t', "aim account show boss"],
    ["aim codex u\t--dr\t", "aim codex use --dry-run"],
    ["aim help acc\tren\t", "aim help account rename"],
    ["aim completions fi\t", "aim completions fish"],
    ["aim why co\t", "aim why codex"],
    ["aim account add x --prov\tanth\t", "aim account add x --provider anthropic"],
    ["aim account add x --provider=op\t", "aim account add x --provider=openai-codex"],
    ["aim history --target op\t", "aim history --target openclaw"],
    ["aim history --label=les\t", "aim history --label=lessons"],
    ["aim quarantine adopt 3\tbo\t", "aim quarantine adopt 3f9c boss"],
    ["aim restore 2026\t--with\t", `aim restore ${STAMP} --with-tokens`],
    ["aim --home colon\\:eq=x account show th\t", "aim --home colon:eq=x account show third"],
    ["aim --home=colon:eq=x account show th\t", "aim --home=colon:eq=x account show third"],
    ["aim --home $PLACE account show th\t", "aim --home HOME/colon:eq=x account show third"],
    [`aim account show b x${LEFT}${LEFT}\t`, "aim account show boss x"],
    ["aim account add les\t", "aim account add les"],
    ["aim account show zz\t", "aim account show zz"],
    ["aim account show boss zz\t", "aim account show boss zz"],
    ["aim bogus bo\t", "aim bogus bo"],
  ])("%j", async (keys, ran) => {
    const words = (await shell.ran(keys)).map((word) => word.replace(shell.home, "HOME"))
    expect(words.join(" ")).toBe(ran)
  })

  test.each<[keys: string, ran: string[]]>([
    ["aim --home har\t account show o\t", ["--home", HARD, "account", "show", "other-1"]],
    ["aim --home ~/sof\t account show f\t", ["--home", SOFT, "account", "show", "fourth"]],
    ["aim --home=har\t", [`--home=${HARD}`]],
    ["aim --home=col\t", ["--home=colon:eq=x"]],
    ["aim --home $HOME/col\t", ["--home", "colon:eq=x"]],
    [
      "aim codex capture boss --source-home har\t",
      ["codex", "capture", "boss", "--source-home", HARD],
    ],
    [
      "aim --state har\t.aim\tsec\t account show o\t",
      ["--state", `${HARD}/.aimgr/secrets.json`, "account", "show", "other-1"],
    ],
    ["aim --state=pl\t", ["--state=plan.txt"]],
    ["aim restore ./pl\t", ["restore", "./plan.txt"]],
  ])("a path is quoted as the shell would: %j", async (keys, ran) => {
    const [, ...words] = await shell.ran(keys)
    const inHome = words.map((word) => word.replace(`${shell.home}/`, "").replace(/\/$/, ""))
    expect(inHome).toEqual(ran)
    expect(await Bun.file(join(shell.home, "pwned")).exists()).toBe(false)
  })

  test("a folder is offered where a folder is meant, and no file", async () => {
    expect(await shell.ran("aim --home pla\t")).toEqual(["aim", "--home", "pla"])
  })

  test("all commands of a group are shown, where the shell can with what they do", async () => {
    const rows = COMMANDS.filter(({ path }) => path.startsWith("codex "))
    const words = rows.map(({ path }) => path.replace("codex ", ""))
    const notes = kind.startsWith("bash") ? [] : rows.map(({ summary }) => summary)
    const all = new RegExp([...words, ...notes].map((text) => `(?=[^]*${text})`).join(""))
    await shell.shows("aim codex \t\t", all)
  })

  test.each<[what: string, state: string]>([
    ["a broken", "{"],
    ["a newer", stateOf("boss").replace("0.2", "9.0")],
  ])("%s state file is met in silence and stays as it is", async (_what, state) => {
    const home = join(shell.home, "other-home")
    await put(home, "secrets.json", state)
    const before = await pictureOf(home)
    const line = "aim --home other-home account show bo"
    expect((await shell.ran(`${line}\t`)).join(" ")).toBe(line)
    expect(shell.screen()).not.toMatch(/error|hint/)
    expect(differences(before, await pictureOf(home))).toEqual([])
  })

  test("so is a home without one", async () => {
    await mkdir(join(shell.home, "empty"), { recursive: true })
    const line = "aim --home empty account show bo"
    expect((await shell.ran(`${line}\t`)).join(" ")).toBe(line)
    expect(shell.screen()).not.toMatch(/error|hint/)
    expect([...(await pictureOf(join(shell.home, "empty")))]).toEqual([])
  })

  test("where aim is gone, nothing is said", async () => {
    await rm(join(shell.home, ".bin", "aim"))
    const line = "aim account show bo"
    expect((await shell.ran(`${line}\t`)).join(" ")).toBe(line)
    expect(shell.screen()).not.toMatch(/not found|No such|nknown/)
  })
})

describe("bash 3.2, which has no compopt,", () => {
  let shell: RealShell
  beforeAll(async () => {
    shell = await realShell("bash without compopt")
    await put(shell.home, "secrets.json", stateOf("boss", "lessons"))
    await put(join(shell.home, HARD), "secrets.json", stateOf("other-1"))
  })
  afterAll(() => shell[Symbol.asyncDispose]())

  test.each<[keys: string, ran: string[]]>([
    ["aim acc\tsh\tbo\t", ["account", "show", "boss"]],
    ["aim account add x --provider=op\t", ["account", "add", "x", "--provider=openai-codex"]],
    ["aim --home har\t account show o\t", ["--home", `${HARD}/`, "account", "show", "other-1"]],
  ])("completes words and quotes paths: %j", async (keys, ran) => {
    expect((await shell.ran(keys)).slice(1)).toEqual(ran)
  })
})
