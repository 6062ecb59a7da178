import { createHash } from "node:crypto"
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { buildFlags } from "./build.mjs"
import { ROOT, run } from "./command.mjs"
import { tarGz } from "./release/archive.mjs"
import { runtimeOf } from "./release/runtime.mjs"
import { targetsNamed } from "./release/targets.mjs"
import { bunPath, setUpOrExit } from "./setup.mjs"

/**
 * Makes a release folder: an archive for each target, install.sh, SHA256SUMS and manifest.json.
 * The same sources give the same bytes, wherever the checkout lies and however often it runs.
 *
 * `--out <dir>` (dist/release unless said otherwise) is replaced as a whole when all is made.
 * `--targets <names>`, with commas, makes only those. AIM_RELEASE_URL is where the folder will
 * lie, with `{version}` in the version's place: the folder's install.sh then asks there by itself.
 */
const { values } = parseArgs({ options: { out: { type: "string" }, targets: { type: "string" } } })
const out = resolve(values.out ?? join(ROOT, "dist/release"))
/** Each holds some 300 MB in memory. */
const AT_ONCE = 2
const PARTS = /^(aim-[\w-]+\.tar\.gz|install\.sh|SHA256SUMS|manifest\.json)$/
const work = join(ROOT, `dist/.release-${process.pid}`)

await setUpOrExit()
try {
  const targets = targetsNamed((values.targets ?? "").split(",").filter((name) => name !== ""))
  await release(targets)
} catch (error) {
  process.stderr.write(`${error.message}\n\nerror: no release was made\n`)
  process.exitCode = 1
} finally {
  rmSync(work, { recursive: true, force: true })
}

async function release(targets) {
  if (!replaceable(out)) throw new Error(`${out} holds something else than a release`)
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))
  const script = installer(version)
  const commit = await commitNow()
  const folder = join(work, "release")
  mkdirSync(folder, { recursive: true })
  // Every target is built from one picture of the sources, which stand in the binary by their path
  // from the folder it is built in: the same in every checkout.
  cpSync(join(ROOT, "src"), join(work, "src"), { recursive: true })
  const files = []
  for (let at = 0; at < targets.length; at += AT_ONCE) {
    const some = targets.slice(at, at + AT_ONCE)
    files.push(...(await Promise.all(some.map((target) => file(target, folder, commit.time)))))
  }
  files.push(written(folder, "install.sh", Buffer.from(script), 0o755))
  const manifest = { schemaVersion: 1, name: "aim", version, ...commit.named, files }
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  const listed = [...files, written(folder, "manifest.json", Buffer.from(text))]
  const sums = listed.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join("")
  writeFileSync(join(folder, "SHA256SUMS"), sums)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(join(out, ".."), { recursive: true })
  renameSync(folder, out)
}

/** Makes one archive in the folder; gives its entry of the manifest. */
async function file(target, folder, time) {
  const started = performance.now()
  const { archive, binary } = await archiveOf(target, time)
  const name = `aim-${target.name}.tar.gz`
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${name.padEnd(28)} ${(archive.length / 1e6).toFixed(1)} MB (${seconds} s)`)
  return { ...written(folder, name, archive), ...described(target), binary: facts(binary) }
}

/** True for a folder that is not there, is empty, or that this script has made. */
function replaceable(dir) {
  return !existsSync(dir) || readdirSync(dir).every((name) => PARTS.test(name))
}

/** Compiles for one target and packs the binary with what belongs beside it. */
async function archiveOf(target, time) {
  const dir = join(work, target.name)
  const runtime = await runtimeOf(target, join(dir, "runtime"))
  const flags = buildFlags(join(work, "src/main.ts"), false)
  const cross = [`--target=${target.bun}`, `--compile-executable-path=${runtime}`]
  const { code, output } = await run(bunPath(), [...flags, ...cross, "--outfile", "aim"], {
    cwd: dir,
  })
  if (code !== 0) throw new Error(`${output}aim did not compile for ${target.name}`)
  const binary = readFileSync(join(dir, "aim"))
  rmSync(dir, { recursive: true })
  const beside = ["LICENSE", "README.md", "CHANGELOG.md"].map((name) => ({
    name: `aim-${target.name}/${name}`,
    mode: 0o644,
    data: readFileSync(join(ROOT, name)),
  }))
  const program = { name: `aim-${target.name}/aim`, mode: 0o755, data: binary }
  return { archive: await tarGz([program, ...beside], time), binary }
}

function written(folder, name, data, mode = 0o644) {
  writeFileSync(join(folder, name), data, { mode })
  return { name, ...facts(data) }
}

function facts(data) {
  return { size: data.length, sha256: createHash("sha256").update(data).digest("hex") }
}

function described({ os, cpu, libc }) {
  return { os, cpu, ...(libc === null ? {} : { libc }) }
}

/** install.sh as it is, or with the release it belongs to filled in. */
function installer(version) {
  const script = readFileSync(join(ROOT, "install.sh"), "utf8")
  const url = process.env.AIM_RELEASE_URL ?? ""
  if (url === "") return script
  if (!/^https:\/\/[\w./{}:~-]+$/.test(url)) throw new Error("AIM_RELEASE_URL is no https address")
  const filled = script
    .replace("\nrelease_url=''\n", `\nrelease_url='${url}'\n`)
    .replace("\nrelease_version=''\n", `\nrelease_version='${version}'\n`)
  if (!filled.includes(`'${url}'`) || !filled.includes(`'${version}'`))
    throw new Error("install.sh has no place for the release's address")
  return filled
}

/** The commit, and whether the files are still its own; outside a git checkout, neither. */
async function commitNow() {
  const head = await run("git", ["log", "-1", "--format=%H %ct"])
  const state = await run("git", ["status", "--porcelain", "--untracked-files=no"])
  const [commit, time] = head.output.trim().split(" ")
  if (head.code !== 0 || state.code !== 0) return { time: 0, named: { commit: null } }
  return { time: Number(time), named: { commit, modified: state.output.trim() !== "" } }
}
