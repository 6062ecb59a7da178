import { describe, expect, test } from "bun:test"
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import {
  createPrivateFile,
  ensurePrivateDir,
  listNames,
  removeFile,
  reserveRoom,
  resolveLinks,
  setAside,
  writeAtomic,
} from "../../src/system/files.ts"
import { syncsIn } from "../support/synced.ts"
import { modeOf, tempFolder, thrownBy } from "../vault/temp-vault.ts"

const TEMP = expect.stringMatching(/^\.a\.json\.aim-tmp-(\w{12}|room)$/)

/** A folder with a file `a.json` in it, which may be missing. */
function place(old: string | null, mode = 0o600) {
  const folder = realpathSync(tempFolder())
  const path = join(folder, "a.json")
  if (old !== null) writeFileSync(path, old, { mode })
  return { folder, path }
}

describe("what is durable before the old file is gone", () => {
  test.each([
    ["a new file", null],
    ["a file that is replaced", "old"],
  ])("%s: the whole content first, then its name", async (_name, old) => {
    const { folder, path } = place(old)
    const [content, name, ...more] = await syncsIn(folder, () => writeAtomic(path, "new"))
    expect(content?.of).toEqual(TEMP)
    expect(content?.files).toEqual({
      ...(old === null ? {} : { "a.json": old }),
      [content?.of ?? ""]: "new",
    })
    expect([name, more]).toEqual([{ of: ".", files: { "a.json": "new" } }, []])
  })

  test("a file written into reserved room, which is cut to its length", async () => {
    const { folder, path } = place("old")
    const room = ".a.json.aim-tmp-room"
    const reserved = await syncsIn(folder, () => reserveRoom(path, 9))
    expect(reserved).toEqual([{ of: room, files: { "a.json": "old", [room]: " ".repeat(9) } }])
    expect(await syncsIn(folder, () => writeAtomic(path, "new", { room: true }))).toEqual([
      { of: room, files: { "a.json": "old", [room]: "new" } },
      { of: ".", files: { "a.json": "new" } },
    ])
  })

  test("the place of a link: the file behind it is replaced in its own folder", async () => {
    const { folder, path } = place("old")
    const link = join(tempFolder(), "link")
    symlinkSync(path, link)
    const [content, name] = await syncsIn(folder, () => writeAtomic(link, "new"))
    expect([content?.of, name]).toEqual([TEMP, { of: ".", files: { "a.json": "new" } }])
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
  })

  test("a removal: its folder, once the name is gone", async () => {
    const { folder, path } = place("old")
    expect(await syncsIn(folder, () => removeFile(path))).toEqual([{ of: ".", files: {} }])
    expect(await syncsIn(folder, () => removeFile(path))).toEqual([])
  })
})

describe("a file that was written", () => {
  test("is 0600 whatever the old one was, unless another mode is asked for", async () => {
    const { path } = place("old", 0o644)
    await writeAtomic(path, "new")
    expect(modeOf(path)).toBe(0o600)
    await writeAtomic(path, "new", { mode: 0o640 })
    expect(modeOf(path)).toBe(0o640)
  })

  test("that could not be leaves the old one and no temp file", async () => {
    const { folder, path } = place(null)
    mkdirSync(path)
    expect(await thrownBy(writeAtomic(path, "new"))).toMatchObject({ code: "EISDIR" })
    expect(readdirSync(folder)).toEqual(["a.json"])
    expect(await thrownBy(removeFile(path))).toHaveProperty("code")
  })

  test("never takes the place of a pipe or a device, whatever link leads there", async () => {
    const folder = tempFolder()
    const pipe = join(folder, "pipe")
    const link = join(folder, "link")
    Bun.spawnSync(["mkfifo", pipe])
    symlinkSync(pipe, link)
    for (const path of [pipe, link])
      expect(await writeAtomic(path, "x").catch((error) => error.problem?.code)).toBe("not_a_file")
    expect(lstatSync(pipe).isFIFO()).toBe(true)
    expect(readdirSync(folder).sort()).toEqual(["link", "pipe"])
  })

  test("without reserved room takes a temp file of its own", async () => {
    const { folder, path } = place(null)
    await writeAtomic(path, "new", { room: true })
    expect([readdirSync(folder), readFileSync(path, "utf8")]).toEqual([["a.json"], "new"])
  })
})

describe("folders and names", () => {
  test("a private folder is made 0700 with its parents, and tightened when it stands open", async () => {
    const folder = join(tempFolder(), "a", "b")
    await ensurePrivateDir(folder)
    expect(modeOf(folder)).toBe(0o700)
    chmodSync(folder, 0o755)
    await ensurePrivateDir(folder)
    expect(modeOf(folder)).toBe(0o700)
    const { path } = place("a file")
    expect(await thrownBy(ensurePrivateDir(join(path, "x")))).toMatchObject({ code: "ENOTDIR" })
  })

  test("an empty private file is made once and never emptied", () => {
    const { path } = place("kept")
    createPrivateFile(path)
    expect(readFileSync(path, "utf8")).toBe("kept")
    createPrivateFile(`${path}.new`)
    expect(modeOf(`${path}.new`)).toBe(0o600)
    expect(() => createPrivateFile(join(path, "x"))).toThrow("ENOTDIR")
  })

  test("a file set aside keeps its content; one that is not there is no error", () => {
    const { path } = place("kept")
    expect(setAside(path, "broken-1")).toBe(`${path}.broken-1`)
    expect([existsSync(path), readFileSync(`${path}.broken-1`, "utf8")]).toEqual([false, "kept"])
    expect(setAside(path, "broken-2")).toBeNull()
  })

  test("the names of a folder come sorted; what is no folder has none", async () => {
    const { folder, path } = place("x")
    writeFileSync(join(folder, "B"), "")
    expect(await listNames(folder)).toEqual(["B", "a.json"])
    expect([await listNames(path), await listNames(join(folder, "gone"))]).toEqual([[], []])
  })

  test("links are followed to the end, also to what is not there yet; a circle is an error", async () => {
    const { folder, path } = place(null)
    const link = join(folder, "link")
    symlinkSync("a.json", link)
    expect(await resolveLinks(link)).toBe(path)
    expect(await resolveLinks(join(folder, "no", "such"))).toBe(join(folder, "no", "such"))
    symlinkSync("circle", join(folder, "circle"))
    expect(await thrownBy(resolveLinks(join(folder, "circle")))).toMatchObject({ code: "ELOOP" })
  })
})
