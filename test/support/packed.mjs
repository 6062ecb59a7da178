import { createHash } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { run } from "./command.mjs"
import { npmCommand } from "./setup.mjs"

/**
 * Fetches the packages of a folder's packed.json with `npm pack` and unpacks them, unless they lie
 * there already: packages whose code is whole, but whose dependencies `npm install` would not find
 * in the registry. They come to `node_modules/.packed/<name>-<version>`, from where they find what
 * the folder's own lock file has installed.
 * @param {string} dir
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function ensurePacked(dir) {
  const wanted = JSON.parse(readFileSync(join(dir, "packed.json"), "utf8"))
  for (const one of wanted) {
    const place = packedAt(dir, one)
    if (existsSync(place)) continue
    const { ok, output } = await unpack(dir, one, place)
    if (!ok) return { ok, output: `${one.name}@${one.version}: ${output}` }
  }
  return { ok: true, output: "" }
}

/** Where a package is unpacked, `dist` and all. */
function packedAt(dir, { name, version }) {
  return join(dir, "node_modules", ".packed", `${name.split("/").at(-1)}-${version}`)
}

/** A package stands in its place whole or not at all. */
async function unpack(dir, { name, version, integrity }, place) {
  const folder = join(dir, "node_modules", ".packed")
  mkdirSync(folder, { recursive: true })
  const temp = mkdtempSync(join(folder, "tmp-"))
  try {
    const npm = npmCommand()
    const pack = [
      ...npm.slice(1),
      "pack",
      `${name}@${version}`,
      "--json",
      "--pack-destination",
      temp,
    ]
    const packed = await run(npm[0], pack, { cwd: temp })
    if (packed.code !== 0) return { ok: false, output: packed.output }
    const archive = join(temp, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`)
    const hash = createHash("sha512").update(readFileSync(archive)).digest("base64")
    if (`sha512-${hash}` !== integrity)
      return { ok: false, output: `the registry's file is not the pinned one (sha512-${hash})\n` }
    const tar = await run("tar", ["-xzf", archive, "-C", temp])
    if (tar.code !== 0) return { ok: false, output: tar.output }
    renameSync(join(temp, "package"), place)
    return { ok: true, output: "" }
  } finally {
    rmSync(temp, { recursive: true, force: true })
  }
}
