import { expect, test } from "bun:test"
import { join } from "node:path"
import { tempHome } from "../e2e/support/temp-home.ts"
import { ROOT, runInstaller } from "../install/support/installer.ts"

/** npm's own settings, which name where its packages come from. */
function npmEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => /^npm_config_|_proxy$/i.test(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, value ?? ""]))
}

test("a checkout as git gives it, with nothing installed, becomes an installed aim", async () => {
  await using home = await tempHome()
  const checkout = join(home.path, "a fresh checkout")
  expect(await Bun.spawn(["git", "clone", "--quiet", ROOT, checkout]).exited).toBe(0)
  const result = await runInstaller(["--from-source"], {
    home: home.path,
    cwd: checkout,
    piped: await Bun.file(join(checkout, "install.sh")).text(),
    env: npmEnvironment(),
  })
  expect(result).toMatchObject({ code: 0 })
  expect(result.stdout).toContain(`installed aim `)
  expect(await Bun.spawn([join(home.path, ".local/bin/aim"), "--version"]).exited).toBe(0)
}, 600_000)
