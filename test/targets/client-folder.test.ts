import { expect, test } from "bun:test"
import { mkdir, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { ensureFolder } from "../../src/targets/client-folder.ts"
import { tempFolder } from "../support/temp-folder.ts"

test("a client's folder is made for its user alone, one that is there stays as it is", async () => {
  const root = tempFolder("folder")
  await ensureFolder(join(root, "a", "b"))
  expect((await stat(join(root, "a", "b"))).mode & 0o777).toBe(0o700)
  await mkdir(join(root, "open"), { mode: 0o755 })
  await ensureFolder(join(root, "open"))
  expect((await stat(join(root, "open"))).mode & 0o777).toBe(0o755)
})

test("one that can't be made is named, with its way out", async () => {
  const root = tempFolder("folder")
  const inTheWay = join(root, "file")
  await writeFile(inTheWay, "x")
  await expect(ensureFolder(join(inTheWay, "agent"))).rejects.toMatchObject({
    problem: {
      code: "client_folder_unusable",
      message: `${join(inTheWay, "agent")} can't be made (ENOTDIR)`,
      hint: expect.stringContaining("permissions"),
    },
  })
  expect(await readFile(inTheWay, "utf8")).toBe("x")
})
