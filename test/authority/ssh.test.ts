import { expect, test } from "bun:test"
import { chmod, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { parseLocator } from "../../src/authority/locator.ts"
import { overSsh, READ_LIMITS } from "../../src/authority/ssh.ts"
import { Secret } from "../../src/system/secret.ts"
import { tempFolder } from "../support/temp-folder.ts"

/** Homes whose `ssh` writes down how it was called. */
async function recording() {
  const folder = tempFolder("ssh")
  const script = `#!/bin/sh\nfor word; do printf '%s\\n' "$word"; done > '${folder}/argv'\ncat > '${folder}/stdin'\n`
  await writeFile(join(folder, "ssh"), script)
  await chmod(join(folder, "ssh"), 0o755)
  const homes = {
    userHome: folder,
    sandboxed: true,
    stateFile: join(folder, "secrets.json"),
    env: { PATH: `${folder}:/usr/bin:/bin` },
    cwd: folder,
  }
  const said = async (name: string) => readFile(join(folder, name), "utf8")
  return { homes, argv: async () => (await said("argv")).trimEnd().split("\n"), said }
}

test.each([
  ["agents@studio", []],
  ["ssh://agents@studio:2222", ["-p", "2222"]],
] as const)(
  "%s: options end before the target, and nothing asks for anything",
  async (text, port) => {
    const { homes, argv } = await recording()
    const locator = parseLocator(text, homes)
    if (locator.kind !== "ssh") throw new Error("no ssh locator")
    await overSsh(homes, locator, "true", READ_LIMITS)
    const options = ["BatchMode=yes", "ConnectTimeout=10", "ServerAliveInterval=15"]
    expect(await argv()).toEqual([
      "-T",
      ...options.flatMap((option) => ["-o", option]),
      ...port,
      ...["--", "agents@studio", "true"],
    ])
  },
)

test("secrets go in by stdin, and never by the command line", async () => {
  const { homes, argv, said } = await recording()
  const locator = parseLocator("ssh://studio", homes)
  if (locator.kind !== "ssh") throw new Error("no ssh locator")
  await overSsh(homes, locator, "cat", READ_LIMITS, new Secret("synthetic-token"))
  expect(await said("stdin")).toBe("synthetic-token")
  expect((await argv()).join(" ")).not.toContain("synthetic-token")
})
