import { expect, test } from "bun:test"
import { mkdir, rename, symlink } from "node:fs/promises"
import { join } from "node:path"
import { stateName } from "../../src/pool/state-name.ts"
import { openVault } from "../../src/vault/open.ts"
import { openPoolWorld } from "../support/pool-world.ts"
import { tempFolder } from "../support/temp-folder.ts"

test("a state has one name by whatever path, and another one than any other of the same path", async () => {
  await using world = await openPoolWorld([])
  const nameOf = async (file: string) => stateName({ ...world.pool, vault: await openVault(file) })
  const folder = tempFolder("state-name")
  const home = join(folder, "home")
  await mkdir(home)
  await symlink(home, join(folder, "link"))
  const name = await nameOf(join(home, "secrets.json"))
  expect(await nameOf(join(folder, "link", "secrets.json"))).toBe(name)
  expect(await nameOf(join(home, "other.json"))).not.toBe(name)
  // As in two containers: host, boot and path are the same, the folders are not.
  await rename(home, join(folder, "before"))
  await mkdir(home)
  expect(await nameOf(join(home, "secrets.json"))).not.toBe(name)
  expect(await nameOf(join(folder, "before", "secrets.json"))).toBe(name)
})
