import { describe, expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { patchTarget } from "../../../src/domain/document-edits.ts"
import { clientStatus } from "../../../src/operations/status/client.ts"
import {
  accountMismatches,
  clientWarnings,
} from "../../../src/operations/status/client-warnings.ts"
import { liveView } from "../../../src/pool/live-view.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"

/** Labels boss and qa; boss is in the client's home, which was switched to it. */
async function switched(env: Record<string, string> = {}): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "qa", "guest"], { env })
  await world.label("boss", { dir: world.codexHome })
  await world.label("qa")
  const [account] = world.sim.accounts()
  await world.edit((document) =>
    patchTarget(document, "codexCli", {
      activeLabel: "boss",
      expectedAccountId: account?.accountId ?? "",
    }),
  )
  return world
}

async function warnings(world: PoolWorld) {
  const { document, stores } = await liveView(world.pool)
  const block = await clientStatus(world.target, document, stores)
  return clientWarnings(world.target, document, stores, accountMismatches(block))
}
const auth = ({ codexHome }: PoolWorld) => join(codexHome, "auth.json")

test("a home that holds what it was switched to has nothing to say", async () => {
  await using world = await switched()
  expect(await warnings(world)).toEqual([])
})

test("a client that was never switched is asked for no label", async () => {
  await using world = await openPoolWorld([])
  expect(await warnings(world)).toEqual([])
})

describe("the operator is told of a home", () => {
  test("that is configured against aim, is overruled by the shell, or keeps labels out", async () => {
    await using world = await switched({ CODEX_API_KEY: "sk" })
    const config = 'forced_chatgpt_workspace_id = "x"\ncli_auth_credentials_store = "keyring"'
    writeFileSync(join(world.codexHome, "config.toml"), config)
    expect(await warnings(world)).toMatchObject([
      { kind: "codex_target_store_mode_unsupported", system: "codex-cli" },
      { kind: "codex_env_override", system: "codex-cli" },
      { kind: "codex_forced_workspace", labels: ["boss", "qa"] },
    ])
  })

  test("whose file can't be read", async () => {
    await using world = await switched()
    writeFileSync(auth(world), "{")
    expect(await warnings(world)).toMatchObject([
      { kind: "codex_target_auth_unreadable", system: "codex-cli" },
    ])
  })

  test("that holds a stranger's login", async () => {
    await using world = await switched()
    await world.login("guest", { dir: world.codexHome })
    const [guest] = world.sim.accounts().filter(({ name }) => name === "guest")
    const [boss] = world.sim.accounts()
    expect(await warnings(world)).toMatchObject([
      { kind: "codex_target_unmanaged_login" },
      {
        kind: "codex_target_account_mismatch",
        system: "codex-cli",
        label: "boss",
        accountId: guest?.accountId ?? "",
        expectedAccountId: boss?.accountId ?? "",
        detail: `${auth(world)} holds a login of workspace ${guest?.accountId}, the last switch was to ${boss?.accountId}`,
        hint: "aim codex use",
      },
    ])
  })

  test("that holds another label's login", async () => {
    await using world = await switched()
    await world.edit((it) =>
      patchTarget(it, "codexCli", { activeLabel: "qa", expectedAccountId: null }),
    )
    expect(await warnings(world)).toEqual([
      {
        kind: "codex_target_label_mismatch",
        system: "codex-cli",
        label: "qa",
        detail: `${auth(world)} holds \`boss\`, but the last switch was to \`qa\``,
        hint: "aim codex use",
        actualLabel: "boss",
      },
    ])
  })

  test("that holds an older pair, or one in conflict, here or in another home", async () => {
    await using world = await switched()
    await world.take("boss", await world.login("boss", { dir: join(world.home, "new") }))
    const dir = join(world.home, "logins", "qa")
    await world.login("qa", { dir, expiresInSeconds: -9 * 86_400 })
    expect(await warnings(world)).toMatchObject([
      {
        kind: "codex_store_conflict",
        system: "codex-cli",
        label: "qa",
        detail: expect.stringContaining(`${dir}/auth.json holds a login of \`qa\``),
        hint: expect.stringContaining(`aim codex capture qa --source-home ${dir}`),
      },
      {
        kind: "codex_target_older_pair",
        label: "boss",
        detail: `${auth(world)} holds an older login of \`boss\``,
        hint: "aim codex use",
      },
    ])
  })

  test("whose file is not there", async () => {
    await using world = await switched()
    await Bun.file(auth(world)).delete()
    expect(await warnings(world)).toMatchObject([
      {
        kind: "codex_target_missing_auth_file",
        label: "boss",
        detail: `${auth(world)} is not there`,
      },
    ])
  })

  test("that is remembered and can't be gone to", async () => {
    await using world = await switched()
    await world.edit((it) =>
      patchTarget(it, "codexCli", { sourceHomes: { "/elsewhere": { label: "qa" } } }),
    )
    expect(await warnings(world)).toMatchObject([
      { kind: "home_escape", system: "codex-cli", label: "qa" },
    ])
  })
})
