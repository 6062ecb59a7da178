import { describe, expect, test } from "bun:test"
import { symlink } from "node:fs/promises"
import { join } from "node:path"
import { carriedOver } from "../../src/schedule/environment.ts"
import { jobFor, type Wanted } from "../../src/schedule/job-for.ts"
import { AimError } from "../../src/system/errors.ts"
import type { Homes } from "../../src/system/homes.ts"
import { tempFolder } from "../support/temp-folder.ts"

const WANTED: Wanted = {
  ...{ target: "codex", everySeconds: 300, threshold: 20, program: "/opt/aim" },
  ...{ owner: null, ownHome: true, stores: [] },
}

function homesAt(home: string, more: Partial<Homes> = {}): Homes {
  const stateFile = join(home, ".aimgr", "secrets.json")
  return { userHome: home, sandboxed: false, stateFile, env: { HOME: home }, cwd: home, ...more }
}

const jobAt = (homes: Homes, wanted: Partial<Wanted> = {}) =>
  jobFor(homes, carriedOver(homes), { ...WANTED, ...wanted })

describe("the words of a watch", () => {
  const WORDS = ["/opt/aim", "codex", "watch", "--once", "--interval-seconds", "300"]
  const usual = [...WORDS, "--rotate-below-5h-remaining-pct", "20"]

  test("name neither home nor state where they are the usual ones", () => {
    const job = jobAt(homesAt("/nowhere/boss"))
    expect(job.argv).toEqual(usual)
    expect(job.environment).toEqual({ HOME: "/nowhere/boss" })
  })

  test("name a chosen home, which stays a sandbox", () => {
    const homes = homesAt("/nowhere/box", { sandboxed: true, env: { HOME: "/nowhere/boss" } })
    const job = jobAt(homes)
    expect(job.argv).toEqual([...usual, "--home", "/nowhere/box"])
    expect(job.environment).toEqual({ HOME: "/nowhere/boss" })
  })

  test("name none where it is another user's: that is the watch's own home", () => {
    const homes = homesAt("/nowhere/box", { sandboxed: true, env: { HOME: "/root" } })
    const job = jobAt(homes, { ownHome: false, owner: { user: "boss", group: "boss" } })
    expect(job.argv).toEqual(usual)
    expect(job.environment).toEqual({ HOME: "/nowhere/box" })
  })
})

describe("where a watch may write", () => {
  test("is the home, the state's real folder, and homes elsewhere, each once", async () => {
    const root = tempFolder("job")
    await symlink(join(root, "real"), join(root, "linked"))
    const homes = homesAt(join(root, "boss"), {
      stateFile: join(root, "linked", "secrets.json"),
      env: { HOME: join(root, "boss"), CODEX_HOME: join(root, "codex") },
    })
    const stores = [join(root, "boss", "codex-work"), join(root, "elsewhere")]
    expect(jobAt(homes, { stores }).writable).toEqual([
      join(root, "boss"),
      join(root, "real"),
      join(root, "codex"),
      join(root, "elsewhere"),
    ])
  })

  test.each(["\n", "\t", "\u007f"])("is no path with a control letter (%j)", (letter) => {
    const homes = homesAt(`/nowhere/bo${letter}ss`)
    expect(() => jobAt(homes)).toThrow(AimError)
  })
})

describe("what is carried over of a shell", () => {
  const carried = (env: Record<string, string>) =>
    carriedOver(homesAt("/nowhere/boss", { env: { HOME: "/nowhere/boss", ...env } }))

  test.each([
    [{ CODEX_HOME: "work" }, { CODEX_HOME: "/nowhere/boss/work" }],
    [{ https_proxy: "http://proxy.test:3128" }, { https_proxy: "http://proxy.test:3128" }],
    [{ OPENAI_API_KEY: "x", ANTHROPIC_AUTH_TOKEN: "x", GH_TOKEN: "x", PATH: "/bin" }, {}],
    [{ CLAUDE_CONFIG_DIR: "/nowhere/work/" }, { CLAUDE_CONFIG_DIR: "/nowhere/work/" }],
    [{ CODEX_HOME: " " }, {}],
    [{ AIM_CHATGPT_URL: "http://127.0.0.1:1" }, { AIM_CHATGPT_URL: "http://127.0.0.1:1" }],
  ] as [Record<string, string>, Record<string, string>][])("%p: %p", (env, environment) => {
    expect(carried(env)).toMatchObject({ environment, warnings: [] })
    expect(Object.keys(carried(env).environment)).toEqual(Object.keys(environment))
  })

  test("is no proxy's password, in whatever form", () => {
    for (const proxy of ["http://a:hush@p.test", "a:hush@p.test", "http://hush@p.test:1"]) {
      const { environment, warnings } = carried({ HTTPS_PROXY: proxy })
      expect(JSON.stringify([environment, warnings])).not.toContain("hush")
      expect(warnings.map(({ kind }) => kind)).toEqual(["proxy_credentials_left_out"])
    }
  })
})
