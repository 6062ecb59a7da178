import { describe, expect, test } from "bun:test"
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { EMPTY_DOCUMENT } from "../../src/domain/document.ts"
import {
  patchAccount,
  patchTarget,
  putAccount,
  putCredential,
} from "../../src/domain/document-edits.ts"
import { AimError } from "../../src/system/errors.ts"
import { Secret } from "../../src/system/secret.ts"
import { openVault } from "../../src/vault/open.ts"
import { LARGEST_STATE } from "../../src/vault/parse.ts"
import { referenceState } from "./reference-state.ts"
import {
  backupsOf,
  json,
  modeOf,
  pictureOf,
  put,
  stateFile,
  tempFolder,
  thrownBy,
  vaultWith,
} from "./temp-vault.ts"

describe("the file", () => {
  test("is made by the first commit, private, in a private folder", async () => {
    const file = join(tempFolder(), "deep", ".aimgr", "secrets.json")
    const vault = await openVault(file)
    const { missing } = await vault.commit((document) => putAccount(document, "boss", {}))
    expect(missing).toBe(false)
    expect(json(file).accounts).toEqual({ boss: {} })
    expect([modeOf(file), modeOf(dirname(file))]).toEqual([0o600, 0o700])
    expect(backupsOf(file)).toEqual([])
  })

  test("and its folder are tightened when they were wider", async () => {
    const file = stateFile(referenceState(), 0o644)
    chmodSync(dirname(file), 0o755)
    const vault = await openVault(file)
    await vault.commit((document) => patchAccount(document, "boss", { n: 1 }))
    expect([modeOf(file), modeOf(dirname(file))]).toEqual([0o600, 0o700])
    expect(backupsOf(file).map((name) => modeOf(join(dirname(file), name)))).toEqual([0o600])
  })

  test("is tightened even when nothing is to be written", async () => {
    const file = stateFile(referenceState(), 0o644)
    const before = readFileSync(file, "utf8")
    await (await openVault(file)).commit((document) => document)
    expect([modeOf(file), readFileSync(file, "utf8")]).toEqual([0o600, before])
  })

  test("may lie in a folder that is not aim's own, whose mode is left alone", async () => {
    const folder = join(tempFolder(), "shared")
    mkdirSync(folder, { mode: 0o755 })
    const file = join(folder, "state.json")
    await (await openVault(file)).commit((document) => putAccount(document, "boss", {}))
    expect([modeOf(folder), modeOf(file), modeOf(join(folder, "locks"))]).toEqual([
      0o755, 0o600, 0o700,
    ])
  })
})

describe("symlinks", () => {
  test("a symlinked file stays a symlink, and everything lies beside the real one", async () => {
    const real = stateFile(referenceState())
    const link = join(tempFolder(), "secrets.json")
    symlinkSync(real, link)
    const vault = await openVault(link)
    await vault.commit((document) => patchAccount(document, "boss", { n: 1 }))
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(vault.paths).toMatchObject({
      file: link,
      realFile: realpathSync(real),
      locks: join(realpathSync(dirname(real)), "locks"),
    })
    expect(backupsOf(real)).toHaveLength(1)
    expect(backupsOf(link)).toEqual([])
  })

  test("a dangling one is no file yet; the first commit makes its target", async () => {
    const folder = tempFolder()
    const target = join(folder, "real", ".aimgr", "secrets.json")
    const link = join(folder, "secrets.json")
    symlinkSync(target, link)
    const vault = await openVault(link)
    expect((await vault.read()).missing).toBe(true)
    await vault.commit((document) => putAccount(document, "boss", {}))
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(json(target).accounts).toEqual({ boss: {} })
  })

  test("one that goes round in a circle is named", async () => {
    const link = join(tempFolder(), "secrets.json")
    symlinkSync(link, link)
    const error = await thrownBy(openVault(link))
    expect(error).toMatchObject({ problem: { code: "state_unreadable" } })
  })
})

describe("a change", () => {
  test("that gives the same document writes nothing", async () => {
    const vault = await vaultWith(referenceState())
    const beside = () => pictureOf(vault.paths.dir).filter(({ name }) => !name.startsWith("locks"))
    const before = beside()
    await vault.commit((document) => document)
    expect(beside()).toEqual(before)
  })

  test("that gives an equal document writes nothing", async () => {
    const vault = await vaultWith(referenceState())
    const before = statSync(vault.paths.realFile).ino
    await vault.commit((document) => ({ ...document }))
    expect(statSync(vault.paths.realFile).ino).toBe(before)
    expect(backupsOf(vault.paths.realFile)).toEqual([])
  })

  test("gets what is on disk, and gives what is on disk", async () => {
    const file = stateFile(referenceState())
    const [one, two] = [await openVault(file), await openVault(file)]
    await one.read()
    await two.commit((document) => putAccount(document, "new", { by: "two" }))
    const { document } = await one.commit((fresh) => patchAccount(fresh, "new", { and: "one" }))
    expect(document.accounts.new).toEqual({ by: "two", and: "one" })
    expect(JSON.stringify(document)).toBe(JSON.stringify((await two.read()).document))
  })

  test("keeps a token that it puts in", async () => {
    const vault = await vaultWith()
    await vault.commit((document) =>
      putCredential(document, "openai-codex", "boss", { refresh: new Secret("CANARY-new") }),
    )
    expect(readFileSync(vault.paths.realFile, "utf8")).toContain('"refresh": "CANARY-new"')
  })

  test.each([
    ["accounts are no object", { ...EMPTY_DOCUMENT, accounts: [] }],
    ["a record is no object", { ...EMPTY_DOCUMENT, credentials: { anthropic: { a: "CANARY" } } }],
    ["another schema", { ...EMPTY_DOCUMENT, schemaVersion: "0.3" }],
    [
      "a redacted token",
      { ...EMPTY_DOCUMENT, credentials: { x: { boss: { refresh: `${new Secret("CANARY")}` } } } },
    ],
    [
      "a redacted token, sealed",
      { ...EMPTY_DOCUMENT, quarantine: [{ credential: { access: new Secret("[redacted]") } }] },
    ],
  ])("that would write a bad file is refused: %s", async (_name, bad) => {
    const vault = await vaultWith(referenceState())
    const before = readFileSync(vault.paths.realFile, "utf8")
    const error = await thrownBy(vault.commit(() => bad as never))
    expect(error).toMatchObject({ problem: { code: "state_invalid_change" } })
    expect(Bun.inspect(error)).not.toContain("CANARY")
    expect(readFileSync(vault.paths.realFile, "utf8")).toBe(before)
  })

  test("that would make a file too large to be read again is refused", async () => {
    const vault = await vaultWith(referenceState())
    const error = await thrownBy(
      vault.commit((document) => ({ ...document, huge: "x".repeat(LARGEST_STATE) })),
    )
    expect(error).toMatchObject({ problem: { code: "state_too_large" } })
    expect((await vault.read()).document.huge).toBeUndefined()
  })

  test("that throws leaves everything and frees the lock", async () => {
    const vault = await vaultWith(referenceState())
    const error = await thrownBy(
      vault.commit(() => {
        throw new AimError("mine", "of the caller")
      }),
    )
    expect(error).toMatchObject({ problem: { code: "mine" } })
    await vault.commit((document) => patchAccount(document, "boss", { n: 1 }))
  })
})

describe("what a killed aim left", () => {
  test("its temp files go, those of other files stay", async () => {
    const vault = await vaultWith(referenceState())
    const at = (name: string) => join(vault.paths.dir, name)
    const gone = at(".secrets.json.aim-tmp-0123456789ab")
    const goneBackup = at(".secrets.json.bak.20260101-000000000.aim-tmp-0123456789ab")
    const kept = at(".config.json.aim-tmp-0123456789ab")
    for (const file of [gone, goneBackup, kept]) writeFileSync(file, "{")
    await vault.commit((document) => document)
    expect(
      [gone, goneBackup, kept].map(
        (file) => lstatSync(file, { throwIfNoEntry: false }) !== undefined,
      ),
    ).toEqual([false, false, true])
  })
})

describe("a folder that can't be written", () => {
  test("stops with the folder's name and leaves the file", async () => {
    const file = stateFile(referenceState())
    put(join(dirname(file), "locks"), "a file where the folder should be")
    const error = await thrownBy(
      (await openVault(file)).commit((document) => ({ ...document, n: 1 })),
    )
    expect(error).toMatchObject({ problem: { code: "state_unwritable" } })
    expect(error).toHaveProperty("problem.hint")
    expect(json(file)).toEqual(referenceState())
  })

  test("receipts alone make no backup", async () => {
    const vault = await vaultWith(referenceState())
    await vault.commit((document) => patchTarget(document, "codexCli", { lastWatchReceipt: {} }))
    expect(backupsOf(vault.paths.realFile)).toEqual([])
  })
})
