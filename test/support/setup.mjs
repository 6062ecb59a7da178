import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { ROOT, run } from "./command.mjs"

/**
 * Installs what a folder's package-lock.json asks for, unless exactly that lies there already.
 * Needs Node, npm and nothing else.
 * @param {string} dir
 * @param {{ show?: boolean, scripts?: boolean }} [options] `show` lets npm talk to the terminal;
 *   `scripts: false` runs no package's own installation
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function ensureInstalled(dir, options = {}) {
  if (isInstalled(dir)) return { ok: true, output: "" }
  const npm = npmCommand()
  const { scripts = true, ...rest } = options
  const flags = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"]
  if (!scripts) flags.push("--ignore-scripts")
  const { code, output } = await run(npm[0], [...npm.slice(1), ...flags], { cwd: dir, ...rest })
  return { ok: code === 0, output }
}

/** True when the installed tree is the one that the lock file describes. */
export function isInstalled(dir) {
  const wanted = packagesOf(join(dir, "package-lock.json"))
  const present = packagesOf(join(dir, "node_modules", ".package-lock.json"))
  if (wanted === null || present === null) return false
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "" || entry.link) continue
    if (present[path] === undefined && entry.optional) continue
    if (present[path]?.version !== entry.version) return false
    if (present[path]?.integrity !== entry.integrity) return false
    if (!existsSync(join(dir, path, "package.json"))) return false
  }
  return Object.keys(present).every((path) => wanted[path] !== undefined)
}

/** The pinned Bun: as its installer linked it, or straight from its platform package. */
export function bunPath() {
  const platform = process.platform === "darwin" ? "darwin" : "linux"
  const arch = process.arch === "arm64" ? "aarch64" : "x64"
  const candidates = [
    "node_modules/.bin/bun",
    ...["", "-musl"].map((libc) => `node_modules/@oven/bun-${platform}-${arch}${libc}/bin/bun`),
  ]
  const found = candidates.map((path) => join(ROOT, path)).find((path) => existsSync(path))
  if (found === undefined) throw new Error("no Bun below node_modules; run `npm ci`")
  return found
}

/** npm as it runs this script, or as it stands on PATH. */
export function npmCommand() {
  const script = process.env.npm_execpath
  return script?.endsWith(".js") ? [process.execPath, script] : ["npm"]
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages ?? null
  } catch {
    return null
  }
}

/** Sets up the checkout, or says on stderr what went wrong and ends with exit code 1. */
export async function setUpOrExit() {
  const { ok, output } = await ensureInstalled(ROOT)
  if (ok) return
  process.stderr.write(`${output}\nerror: \`npm ci\` failed\n\nhint: see npm's lines above\n`)
  process.exit(1)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await setUpOrExit()
