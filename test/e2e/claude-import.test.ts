import { describe, expect, test } from "bun:test"
import { chmod, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { CANARY } from "../../src/simulator/tokens.ts"
import { sealFile } from "../../src/system/sealed-file.ts"
import { Secret } from "../../src/system/secret.ts"
import { writeClaudeBundle } from "../support/claude-fixtures.ts"
import { openWorld, type World } from "../support/world.ts"

type ImportDocument = {
  ok: boolean
  adoption: string
  quarantined: string | null
  encrypted: boolean
  imported: Record<string, unknown>
}
type Problem = { code: string; message: string; hint: string }

const PASSPHRASE = "open, if you can"
const open = (...names: string[]) =>
  openWorld([{ name: "coder" }], { claudeAccounts: names.map((name) => ({ name })) })
const stored = async (world: World, label: string) =>
  (await world.vault()).credentials.anthropic?.[label]

/** A bundle file of a fresh login of the account; gives its path and the login. */
async function bundle(
  world: World,
  account: string,
  name = `${account}.json`,
  mint: { expiresInSeconds?: number } = {},
) {
  const login = world.sim.claude.mintLogin(account, mint)
  const file = join(world.home, name)
  await writeClaudeBundle(file, world.sim.claude.files(login))
  return { file, login }
}

async function encrypt(file: string): Promise<void> {
  await writeFile(file, await sealFile(await readFile(file), new Secret(PASSPHRASE)))
}

async function refused(world: World, args: string, run = {}): Promise<Problem> {
  const result = await world.json<{ error: Problem }>(`claude import-native ${args}`, 1, run)
  expect(JSON.stringify(result)).not.toContain(CANARY)
  return result.error
}

describe("importing a native Claude login", () => {
  test("makes a label of it, with the reference's facts and document", async () => {
    await using world = await open("boss")
    const { file, login } = await bundle(world, "boss")
    const { oauthAccount } = world.sim.claude.files(login)
    const result = await world.json<ImportDocument>("claude import-native boss --in boss.json")
    const { emailAddress, organizationName, organizationUuid } = oauthAccount
    expect(result).toMatchObject({
      ok: true,
      adoption: "adopted",
      encrypted: false,
      imported: { label: "boss", filePath: file, emailAddress, organizationName, organizationUuid },
    })
    const { accounts, quarantine } = await world.vault()
    expect(accounts.boss).toMatchObject({
      provider: "anthropic",
      browser: null,
      pool: { enabled: true },
      reauth: {
        mode: "native-claude",
        lastAttemptAt: expect.any(String),
        lastVerifiedAt: expect.any(String),
      },
    })
    expect(quarantine ?? []).toEqual([])
    expect(await stored(world, "boss")).toMatchObject({
      access: login.accessToken,
      refresh: login.refreshToken,
      emailAddress,
      nativeClaudeBundle: { claudeAiOauth: { refreshToken: login.refreshToken }, oauthAccount },
    })
    const { receipts } = await world.json<{ receipts: object[] }>("history")
    expect(receipts).toMatchObject([
      { action: "claude_import", status: "applied", target: "claude", label: "boss" },
    ])
  })

  test("tells a person what came of it", async () => {
    await using world = await open("boss")
    await bundle(world, "boss")
    const { stdout } = await world.aim("status")
    expect(stdout).not.toContain("boss")
    const paths = ["boss.json", "~/boss.json", join(world.home, "boss.json")]
    for (const path of paths) {
      const { adoption } = await world.json<ImportDocument>(
        `claude import-native boss --in ${path}`,
      )
      expect(adoption).toBe(path === paths[0] ? "adopted" : "same")
    }
  })

  test("that is stored already, or older than what is stored, changes nothing", async () => {
    await using world = await open("boss")
    await bundle(world, "boss", "old.json")
    await world.json("claude import-native boss --in old.json")
    const once = await readFile(join(world.home, ".aimgr/secrets.json"), "utf8")
    await world.json("claude import-native boss --in old.json")
    expect(await readFile(join(world.home, ".aimgr/secrets.json"), "utf8")).toBe(once)
    await world.json("refresh boss --force")
    const renewed = await readFile(join(world.home, ".aimgr/secrets.json"), "utf8")
    const older = await world.json<ImportDocument>("claude import-native boss --in old.json")
    expect(older).toMatchObject({ ok: true, adoption: "older", quarantined: null })
    expect(await readFile(join(world.home, ".aimgr/secrets.json"), "utf8")).toBe(renewed)
  })

  test("that is newer takes the stored one's place; its hash is kept", async () => {
    await using world = await open("boss")
    const first = await bundle(world, "boss")
    await world.json("claude import-native boss --in boss.json")
    const second = await bundle(world, "boss")
    const { adoption } = await world.json<ImportDocument>(
      "claude import-native boss --in boss.json",
    )
    expect(adoption).toBe("newer")
    const record = await stored(world, "boss")
    expect(record?.refresh).toBe(second.login.refreshToken)
    const former = new Bun.CryptoHasher("sha256").update(first.login.refreshToken).digest("hex")
    expect(record?.formerPairs).toEqual([former])
  })

  test("that neither came before nor after the stored one goes to quarantine", async () => {
    await using world = await open("boss")
    await bundle(world, "boss", "first.json", { expiresInSeconds: 3_600 })
    const { login } = await bundle(world, "boss", "second.json")
    await world.json("claude import-native boss --in second.json")
    const conflict = await world.json<ImportDocument & { error: Problem }>(
      "claude import-native boss --in first.json",
      1,
    )
    expect(conflict).toMatchObject({
      ok: false,
      adoption: "conflict",
      error: {
        code: "import_conflict",
        hint: `if this one is right: aim quarantine adopt ${conflict.quarantined} boss`,
      },
    })
    expect((await stored(world, "boss"))?.refresh).toBe(login.refreshToken)
    expect((await world.vault()).quarantine).toMatchObject([
      { reason: "conflict", label: "boss", id: conflict.quarantined },
    ])
  })

  test("takes in what Claude Code has renewed first, and brings its home up to date", async () => {
    await using world = await open("boss")
    const { dir } = await world.claudeLogin("boss", { expiresInSeconds: 3_600 })
    await world.json(`claude capture-native boss --source-home ${dir}`)
    await world.claudeLogin("boss", { expiresInSeconds: 7_200 })
    const { login } = await bundle(world, "boss", "new.json", { expiresInSeconds: 14_400 })
    const result = await world.json<ImportDocument & { stores: object[] }>(
      "claude import-native boss --in new.json",
    )
    expect(result).toMatchObject({
      adoption: "newer",
      stores: [{ outcome: "captured" }, { outcome: "reached" }],
    })
    expect((await world.claudeHeld(dir)).claudeAiOauth.refreshToken).toBe(login.refreshToken)
    expect((await world.vault()).quarantine ?? []).toEqual([])
  })

  test("marks a label that came from an authority as changed here", async () => {
    await using world = await open("boss")
    await bundle(world, "boss")
    await world.json("claude import-native boss --in boss.json")
    const path = join(world.home, ".aimgr/secrets.json")
    const state = JSON.parse(await readFile(path, "utf8"))
    state.imports = { authority: { anthropic: { labels: ["boss"], labelsByName: { boss: {} } } } }
    await writeFile(path, JSON.stringify(state))
    await bundle(world, "boss")
    await world.json("claude import-native boss --in boss.json")
    const { imports } = JSON.parse(await readFile(path, "utf8"))
    expect(imports.authority.anthropic.labelsByName.boss).toMatchObject({ dirtyLocal: true })
  })
})

describe("an import is refused", () => {
  test("for another person's label, which it blocks only where that one does not serve", async () => {
    await using world = await open("boss", "qa")
    await bundle(world, "boss")
    await bundle(world, "qa")
    await world.json("claude import-native boss --in boss.json")
    expect(await refused(world, "boss --in qa.json")).toMatchObject({
      code: "identity_mismatch",
      message: expect.stringMatching(/boss@.*qa@/),
    })
    const reauth = async () => (await world.vault()).accounts.boss?.reauth
    expect(await reauth()).not.toHaveProperty("blockedReason")
    world.sim.revoke("boss")
    await world.aim("refresh boss --force")
    await refused(world, "boss --in qa.json")
    expect(await reauth()).toMatchObject({ blockedReason: "identity_mismatch" })
    await bundle(world, "boss")
    await world.json("claude import-native boss --in boss.json")
    expect(await reauth()).not.toHaveProperty("blockedReason")
    type Receipts = { receipts: { action: string; status: string }[] }
    const { receipts } = await world.json<Receipts>("history --target claude")
    expect(receipts.map(({ status }) => status)).toEqual([
      "applied",
      "blocked",
      "blocked",
      "applied",
    ])
  })

  test("for another label's login, an expectation that is not met, a label of Codex", async () => {
    await using world = await open("boss", "qa")
    await bundle(world, "boss")
    await bundle(world, "qa")
    await world.label("coder")
    await world.json("claude import-native boss --in boss.json")
    expect((await refused(world, "other --in boss.json")).code).toBe("login_already_labelled")
    expect((await refused(world, "coder --in qa.json")).code).toBe("wrong_provider")
    await world.json("account add qa --provider anthropic")
    await world.json("account expect qa --email nobody@example.test")
    expect((await refused(world, "qa --in qa.json")).code).toBe("identity_mismatch")
    const named = "claude import-native status --in qa.json"
    const { error } = await world.json<{ error: Problem }>(named, 2)
    expect(error.code).toBe("reserved_label")
    expect(Object.keys((await world.vault()).accounts).sort()).toEqual(["boss", "coder", "qa"])
    expect(await stored(world, "qa")).toBeUndefined()
  })

  test("where the file is not there, not readable, or no file; and without one", async () => {
    await using world = await open("boss")
    const { file } = await bundle(world, "boss")
    const codeOf = async (path: string) => (await refused(world, `boss --in ${path}`)).code
    expect(await codeOf("nowhere.json")).toBe("bundle_file_missing")
    expect(await codeOf(".")).toBe("bundle_file_unreadable")
    expect(await codeOf("/dev/zero")).toBe("bundle_file_unreadable")
    await writeFile(file, "")
    expect(await codeOf(file)).toBe("bundle_cut_short")
    await writeFile(file, new Uint8Array([0xff, 0xfe]))
    expect(await codeOf(file)).toBe("bundle_not_json")
    await writeFile(file, " ".repeat(2_000_000))
    expect(await codeOf(file)).toBe("bundle_file_unreadable")
    expect((await world.json<{ error: Problem }>("claude import-native boss", 2)).error.code).toBe(
      "missing_flag",
    )
    await chmod(file, 0o600)
    expect((await world.aim("account list --json")).json()).toMatchObject({ accounts: [] })
  })
})

describe("an encrypted file", () => {
  test("opens with the first line of a file, a pipe or a descriptor", async () => {
    await using world = await open("boss")
    const { file } = await bundle(world, "boss")
    await encrypt(file)
    await writeFile(join(world.home, "pass"), `${PASSPHRASE}\r\nmore\n`)
    const command = "claude import-native boss --in boss.json --passphrase-file"
    const first = await world.json<ImportDocument>(`${command} pass`)
    expect(first).toMatchObject({ adoption: "adopted", encrypted: true })
    const piped = await world.json<ImportDocument>(`${command} /dev/stdin`, 0, {
      stdin: PASSPHRASE,
    })
    expect(piped.adoption).toBe("same")
  })

  test("is refused with its own error: passphrase, cut, damage; and where nobody can type", async () => {
    await using world = await open("boss")
    const { file } = await bundle(world, "boss")
    await encrypt(file)
    const whole = await readFile(file)
    await writeFile(join(world.home, "pass"), PASSPHRASE)
    await writeFile(join(world.home, "wrong"), "close, but no\n")
    await writeFile(join(world.home, "empty"), "\n")
    const codeOf = async (pass: string, bytes = whole) => {
      await writeFile(file, bytes)
      const flag = pass === "" ? "" : ` --passphrase-file ${pass}`
      return (await refused(world, `boss --in boss.json${flag}`)).code
    }
    expect(await codeOf("wrong")).toBe("bundle_wrong_passphrase")
    expect(await codeOf("empty")).toBe("passphrase_empty")
    expect(await codeOf("nowhere")).toBe("passphrase_file_unreadable")
    expect(await codeOf("")).toBe("passphrase_needed")
    for (const end of [10, 127, 128, 600, whole.length - 1])
      expect([end, await codeOf("pass", whole.subarray(0, end))]).toEqual([end, "bundle_cut_short"])
    for (const at of [0, 15, 19, 30, 50, 70, 100, 128, 600, whole.length - 1]) {
      const flipped = Buffer.from(whole)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      expect([at, await codeOf("pass", flipped)]).toEqual([at, "bundle_damaged"])
    }
    expect(Object.keys((await world.vault().catch(() => ({ accounts: {} }))).accounts)).toEqual([])
  })
})
