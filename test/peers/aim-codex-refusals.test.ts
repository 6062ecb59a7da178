import { describe, expect, test } from "bun:test"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { type CodexWorld, openCodexWorld } from "../support/codex-world.ts"
import { execTurn, runCodex } from "../support/real-codex.ts"

/**
 * Configurations under which Codex CLI 0.169.0 does not read auth.json, or deletes it: aim refuses
 * to switch, and a control shows in the real binary that it is right to.
 */

const OTHER_WORKSPACE = "00000000-0000-4000-8000-000000000000"

/** boss in the home, qa in the vault; then this line goes to the top of the home's config. */
async function openScene(line: string | ((world: CodexWorld) => string)): Promise<CodexWorld> {
  const world = await openCodexWorld()
  await world.label("qa")
  await world.loginHere("boss")
  await world.json("codex capture boss")
  const path = join(world.codex.dir, "config.toml")
  const top = typeof line === "string" ? line : line(world)
  await Bun.write(path, `${top}\n${await readFile(path, "utf8")}`)
  return world
}

/** Every `use` is refused by that name, and the home's file and the wire stay as they are. */
async function refused(world: CodexWorld, kind: string): Promise<void> {
  const before = await readFile(world.codex.authPath, "utf8")
  for (const flags of ["", "--next", "--dry-run", "--next --replace-unmanaged"]) {
    const { status, blockers } = await world.use(flags, 1)
    expect([flags, status, blockers[0]?.kind]).toEqual([flags, "blocked", kind])
  }
  expect(await readFile(world.codex.authPath, "utf8")).toBe(before)
  expect(world.seen("token_refresh")).toEqual([])
}

describe("a store mode in which Codex does not read the file", () => {
  for (const [mode, inUse] of [
    ["keyring", false],
    ["ephemeral", false],
    ["auto", true],
  ] as const) {
    test(`${mode}: refused; control: Codex ${inUse ? "falls back to the file without a keyring" : "is not logged in"}`, async () => {
      await using world = await openScene(`cli_auth_credentials_store = "${mode}"`)
      await refused(world, "codex_target_store_mode_unsupported")
      expect((await runCodex(world.codex, ["login", "status"])).rc).toBe(inUse ? 0 : 1)
    })
  }
})

describe("a forced login", () => {
  for (const [name, line, kind] of [
    ["method api", 'forced_login_method = "api"', "codex_forced_login_method"],
    [
      "workspace of nobody",
      `forced_chatgpt_workspace_id = "${OTHER_WORKSPACE}"`,
      "codex_forced_workspace",
    ],
    [
      "workspace in a list",
      `forced_chatgpt_workspace_id = ["${OTHER_WORKSPACE}"]`,
      "codex_forced_workspace",
    ],
  ] as const) {
    test(`${name}: refused and the file stays; control: the real Codex deletes it`, async () => {
      await using world = await openScene(line)
      await refused(world, kind)
      const { rc, stderr } = await execTurn(world.codex)
      expect([rc, stderr]).toEqual([1, expect.stringContaining("Logging out")])
      expect(await Bun.file(world.codex.authPath).exists()).toBe(false)
      expect(world.seen("revoke")).toEqual([])
    })
  }

  test("workspace of another label: only that label goes in, and Codex serves with it", async () => {
    await using world = await openScene((scene) => {
      const qa = scene.sim.accounts().find(({ name }) => name === "qa")
      return `forced_chatgpt_workspace_id = "${qa?.accountId}"`
    })
    expect(await world.use("--next")).toMatchObject({ label: "qa" })
    expect((await execTurn(world.codex)).answer).toBe("simulated answer for qa")
    for (const flags of ["--next --dry-run", "--next"]) {
      const { blockers } = await world.use(flags, 1)
      expect(blockers).toMatchObject([{ kind: "codex_forced_workspace", label: "boss" }])
    }
    expect((await execTurn(world.codex)).answer).toBe("simulated answer for qa")
  })
})
