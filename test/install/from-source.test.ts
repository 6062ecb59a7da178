import { describe, expect, test } from "bun:test"
import { cp, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { tempHome } from "../e2e/support/temp-home.ts"
import { program, recorder, standIn } from "./support/fakes.ts"
import { BUILT, filesIn, ROOT, runInstaller, SCRIPT, SHELLS } from "./support/installer.ts"

/** A folder that looks like a checkout to install.sh, with `npm` and `node` of its own. */
async function checkout(dir: string, node: string, npm: string) {
  await mkdir(join(dir, "src"), { recursive: true })
  await writeFile(join(dir, "src/main.ts"), "")
  await cp(join(ROOT, "package.json"), join(dir, "package.json"))
  await cp(SCRIPT, join(dir, "install.sh"))
  const tools = join(dir, "tools")
  await program(tools, "node", `#!/bin/sh\necho ${node}\n`)
  await program(tools, "npm", npm)
  return { PATH: `${tools}:${process.env.PATH}` }
}

describe("install.sh --from-source", () => {
  test("builds this checkout from wherever it is called, and installs that", async () => {
    await using home = await tempHome()
    const result = await runInstaller(["--from-source"], { home: home.path })
    expect(result.stdout).toContain(`building aim in ${ROOT.replace(/\/$/, "")}\n`)
    expect(result.code).toBe(0)
    const installed = await readFile(join(home.path, ".local/bin/aim"))
    expect(installed.equals(await readFile(BUILT))).toBe(true)
    expect(await filesIn(join(home.path, ".local/bin"))).toEqual(["aim", "aimgr"])
  })

  test.each(SHELLS)("in %s, piped, builds the checkout one stands in", async (shell) => {
    await using home = await tempHome()
    const dir = join(home.path, "my checkout")
    const npm = `#!/bin/sh\nmkdir dist && printf '%s\\n' "${standIn("1.2.3").replaceAll(/["$]/g, "\\$&")}" >dist/aim\n`
    const env = await checkout(dir, "v20.0.0", npm)
    const piped = await readFile(SCRIPT, "utf8")
    const options = { home: home.path, shell, piped, env, cwd: dir }
    const result = await runInstaller(["--from-source"], options)
    expect(result).toMatchObject({ code: 0, stderr: "" })
    expect(result.stdout).toContain("installed aim 1.2.3")
  })

  test("says what is missing: a checkout", async () => {
    await using home = await tempHome()
    await program(join(home.path, "src"), "main.ts", "")
    await writeFile(join(home.path, "package.json"), '{ "name": "aimless" }')
    const piped = await readFile(SCRIPT, "utf8")
    const { code, stderr } = await runInstaller(["--from-source"], { home: home.path, piped })
    expect(stderr).toStartWith("error: this is no checkout of aim\n")
    expect(code).toBe(1)
  })

  test.each([
    ["v18.20.4", "error: Node.js is too old: v18.20.4"],
    ["v9.0.0", "error: Node.js is too old: v9.0.0"],
    ["v20.0.0", "error: aim could not be built"],
    ["v100.0.0", "error: aim could not be built"],
  ])("with Node.js %s and an npm that fails: %s", async (node, message) => {
    await using home = await tempHome()
    const dir = join(home.path, "checkout")
    const env = await checkout(dir, node, "#!/bin/sh\necho 'npm: no network' >&2\nexit 1\n")
    const piped = await readFile(SCRIPT, "utf8")
    const result = await runInstaller(["--from-source"], { home: home.path, piped, env, cwd: dir })
    expect(result.stderr).toContain(message)
    expect(result.code).toBe(1)
    expect(await filesIn(join(home.path, ".local/bin"))).toEqual([])
  })

  test("asks npm for the project's own build and for nothing else", async () => {
    await using home = await tempHome()
    const dir = join(home.path, "checkout")
    const env = await checkout(dir, "v22.1.0", "")
    const calls = await recorder(join(dir, "tools"), "npm")
    await program(join(dir, "dist"), "aim", standIn("1.2.3"))
    const piped = await readFile(SCRIPT, "utf8")
    const result = await runInstaller(["--from-source"], { home: home.path, piped, env, cwd: dir })
    expect(result).toMatchObject({ code: 0, stderr: "" })
    expect(await calls()).toEqual(["run --silent build"])
  })
})
