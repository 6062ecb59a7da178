import { expect, test } from "bun:test"
import { join } from "node:path"
import { tempHome } from "../e2e/support/temp-home.ts"
import { installerEnv, ROOT } from "./support/installer.ts"

const readme = await Bun.file(join(ROOT, "README.md")).text()
const section = readme.split(/^## /m).find((text) => text.startsWith("Install\n")) ?? ""
const lines = [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .flatMap(([, body = ""]) => body.split("\n"))
  .map((line) => line.replace(/\s+#.*$/, ""))
  .filter((line) => line.includes("install.sh"))

test("the README tells how to install", () => expect(lines.length).toBeGreaterThan(3))

test.each(lines)("`%s` is a command of install.sh", async (line) => {
  await using home = await tempHome()
  const command = line.includes("--dry-run") ? line : `${line} --dry-run`
  const child = Bun.spawn(["sh", "-c", command], { cwd: ROOT, env: installerEnv(home.path) })
  expect(await child.stdout.text()).toMatch(/^(would install|kept|usage:) /m)
  expect(await child.exited).toBe(0)
})
