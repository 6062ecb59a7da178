import { createHash } from "node:crypto"
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { ROOT, run } from "./command.mjs"
import { bunPath, setUpOrExit } from "./setup.mjs"

const ENTRY = join(ROOT, "src/main.ts")

/** The two binaries: what a user gets, and the one that crash tests can kill at any step. */
const BINARIES = {
  release: { name: "aim", faults: false },
  faults: { name: "aim-faults", faults: true },
}

/**
 * Compiles a binary into dist/ unless its sources are those of the last build. The new binary
 * takes the old one's place in one step, so a running one is not disturbed.
 * @param {"release" | "faults"} which
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function build(which) {
  const { name, faults } = BINARIES[which]
  const dist = join(ROOT, "dist")
  const stamp = join(dist, `.${name}.stamp`)
  const sources = hashOfSources()
  if (stampText(stamp) === stampOf(sources, join(dist, name))) return { ok: true, output: "" }
  const workDir = join(dist, `.build-${process.pid}-${name}`)
  mkdirSync(workDir, { recursive: true })
  try {
    // Bun leaves its intermediate files in the current folder, so that is a folder of our own.
    const flags = [...buildFlags(ENTRY, faults), "--outfile", name]
    const { code, output } = await run(bunPath(), flags, { cwd: workDir })
    if (code !== 0) return { ok: false, output }
    const text = stampOf(sources, join(workDir, name))
    renameSync(join(workDir, name), join(dist, name))
    writeFileSync(stamp, text)
    return { ok: true, output }
  } finally {
    rmSync(workDir, { recursive: true, force: true })
  }
}

/** The flags of design §7 for one entry file; the version comes from package.json. */
export function buildFlags(entry, faults) {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))
  return [
    ...["build", entry, "--compile", "--minify", "--bytecode"],
    ...["--format=esm", "--splitting", "--sourcemap"],
    ...["--no-compile-autoload-dotenv", "--no-compile-autoload-bunfig"],
    `--compile-exec-argv=--user-agent=aim/${version}`,
    ...["--define", `AIM_VERSION=${JSON.stringify(version)}`, "--define", `AIM_FAULTS=${faults}`],
  ]
}

function hashOfSources() {
  const hash = createHash("sha256")
  const files = readdirSync(join(ROOT, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
  const settings = ["package.json", "package-lock.json", "tsconfig.json", "test/support/build.mjs"]
  for (const file of [...files, ...settings.map((path) => join(ROOT, path))]) {
    hash.update(file.slice(ROOT.length)).update("\0").update(readFileSync(file)).update("\0")
  }
  return hash.digest("hex")
}

/** Sources and binary by their identity: of two builds at once, neither can vouch for the other. */
function stampOf(sources, binary) {
  return existsSync(binary) ? `${sources} ${statSync(binary).ino}` : ""
}

function stampText(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : null
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await setUpOrExit()
  const { ok, output } = await build(process.argv[2] === "faults" ? "faults" : "release")
  if (!ok) process.stderr.write(output)
  process.exitCode = ok ? 0 : 1
}
