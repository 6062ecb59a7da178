import { createHash } from "node:crypto"
import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { ROOT, run } from "../command.mjs"
import { npmCommand } from "../setup.mjs"

/**
 * Brings Bun's executable for a target, which is what a compiled program runs on: the very bytes
 * that package-lock.json pins, through npm with its settings and its cache.
 * @param {import("./targets.mjs").Target} target
 * @param {string} dir an empty folder to work in
 * @returns {Promise<string>} the executable's path, in that folder
 */
export async function runtimeOf(target, dir) {
  const { version, integrity } = pinned(target.runtime)
  mkdirSync(dir, { recursive: true })
  const npm = npmCommand()
  const wanted = `${target.runtime}@${version}`
  const flags = ["pack", wanted, "--loglevel=error", "--prefer-offline", "--pack-destination", dir]
  const packed = await run(npm[0], [...npm.slice(1), ...flags])
  if (packed.code !== 0) throw new Error(`${packed.output}\`npm pack ${wanted}\` failed`)
  const archive = join(dir, `${target.runtime.slice(1).replace("/", "-")}-${version}.tgz`)
  const digest = createHash("sha512").update(readFileSync(archive)).digest("base64")
  if (integrity !== `sha512-${digest}`)
    throw new Error(`${wanted} is not what package-lock.json pins`)
  const unpacked = await run("tar", ["-xzof", archive, "-C", dir, "package/bin/bun"])
  if (unpacked.code !== 0) throw new Error(`${unpacked.output}${wanted} did not unpack`)
  return join(dir, "package/bin/bun")
}

function pinned(name) {
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"))
  const entry = lock.packages[`node_modules/${name}`]
  if (entry === undefined) throw new Error(`package-lock.json does not pin ${name}`)
  return entry
}
