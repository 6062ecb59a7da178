import { existsSync } from "node:fs"
import { join } from "node:path"
import { build } from "./build.mjs"
import { ROOT, run } from "./command.mjs"
import { bunTest, laneEnvironment, outcomeOf, testFiles } from "./lane.mjs"
import { ensureShells } from "./lane-completions.mjs"
import { shellChecks } from "./lane-shell.mjs"
import { ensureSystemd } from "./lane-systemd.mjs"
import { peerNote } from "./peer-note.mjs"
import { setUpOrExit } from "./setup.mjs"
import { ensureServer } from "./ssh-server.mjs"

const OWN_LANES = [
  "e2e",
  "install",
  "completions",
  "systemd",
  "panel-screen",
  "login",
  "authority-ssh",
  "peers",
  "claude",
  "long",
  "bench",
].map((dir) => `./test/${dir}/`)

/** Every lane by name; each has a line in the output when it ends. */
const LANES = {
  types: () => check("node_modules/.bin/tsc", ["--noEmit", "-p", "."]),
  lint: () => check("node_modules/.bin/biome", ["check", "--error-on-warnings", "."]),
  shell: shellLane,
  build: buildLane,
  unit: () => bunTest(unitFiles(), ["--timeout=120000", "--parallel=3"]),
  e2e: () => binaryLane("test/e2e", ["--timeout=300000", "--parallel=4"]),
  install: () => binaryLane("test/install", ["--timeout=300000", "--parallel=2"]),
  completions: completionsLane,
  systemd: systemdLane,
  panel: () => sealedLane("panel"),
  login: () => sealedLane("login"),
  authority: () => sealedLane("authority"),
  peers: () => clientLane("peers"),
  claude: () => clientLane("claude"),
  long: longLane,
}

function unitFiles() {
  return testFiles("test").filter((path) => !OWN_LANES.some((lane) => path.startsWith(lane)))
}

let builtBadly = false

async function buildLane() {
  const outcome = all([await build("release"), await build("faults")])
  builtBadly = outcome.failed > 0
  return outcome
}

/** Tests of the compiled binary; never of an older one that a failed build left behind. */
function binaryLane(dir, flags) {
  if (builtBadly) return all([{ ok: false, output: "the binaries did not build\n" }])
  return bunTest(testFiles(dir), flags)
}

async function check(program, args) {
  const { code, output } = await run(join(ROOT, program), args)
  return all([{ ok: code === 0, output }])
}

async function shellLane() {
  const checks = (await shellChecks()).map((check) => all([check]))
  return {
    passed: checks.filter(({ failed }) => failed === 0).length,
    failed: checks.filter(({ failed }) => failed > 0).length,
    output: checks.map(({ output }) => output).join(""),
  }
}

/** Real shells, in which the compiled binary answers at every TAB. */
async function completionsLane() {
  const shells = await ensureShells()
  return shells.ok ? binaryLane("test/completions", ["--timeout=180000"]) : all([shells])
}

/** The units that aim writes, under a systemd of their own. */
async function systemdLane() {
  const systemd = await ensureSystemd()
  return systemd.ok ? binaryLane("test/systemd", ["--timeout=180000"]) : all([systemd])
}

/** The sweeps and rounds that a default run is too short for; one of them goes over ssh. */
async function longLane() {
  const server = await ensureServer()
  return server.ok ? binaryLane("test/long", ["--timeout=1800000"]) : all([server])
}

/** A lane that sets itself up and runs in a network of its own, by a script of its own. */
async function sealedLane(name) {
  if (builtBadly) return all([{ ok: false, output: "the binaries did not build\n" }])
  const script = join(ROOT, `test/support/lane-${name}.mjs`)
  return outcomeOf(await run(process.execPath, [script], { env: laneEnvironment() }))
}

/** Several steps that count as one check. */
function all(steps) {
  const ok = steps.every((step) => step.ok)
  const output = steps.map((step) => step.output).join("")
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, output }
}

/**
 * Real clients against what aim wrote; they come from the npm registry, pinned by a lock file, and
 * their tests run in a process that the lane's own script seals.
 */
async function clientLane(name) {
  if (!existsSync(join(ROOT, "test", name, "package-lock.json")))
    return all([{ ok: false, output: `test/${name}/package-lock.json is missing\n` }])
  return sealedLane(name)
}

async function runLane(name) {
  const started = performance.now()
  const { passed, failed, output } = await LANES[name]()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (failed > 0) console.log(`--- ${name} ---\n${output.trimEnd()}\n---`)
  console.log(`${name.padEnd(6)} ${passed} passed, ${failed} failed (${seconds} s)`.trimEnd())
  return { passed, failed }
}

async function inTurn(names) {
  const outcomes = []
  for (const name of names) outcomes.push(await runLane(name))
  return outcomes
}

function namesFrom(text, where) {
  const names = text.split(/[\s,]+/).filter((name) => name !== "")
  const unknown = names.filter((name) => !Object.hasOwn(LANES, name))
  if (unknown.length === 0) return names
  const known = Object.keys(LANES).join(", ")
  console.error(
    `error: no lane is called ${unknown.join(", ")} (${where})\n\nhint: one of ${known}`,
  )
  process.exit(2)
}

const asked = namesFrom(process.argv.slice(2).join(" "), "argument")
const without = namesFrom(process.env.AIM_TEST_WITHOUT ?? "", "AIM_TEST_WITHOUT")
const standard = Object.keys(LANES).filter((name) => name !== "long")
const chosen = (asked.length > 0 ? asked : standard).filter((name) => !without.includes(name))
const notRun = asked.length > 0 ? [] : standard.filter((name) => !chosen.includes(name))
const pick = (names) => names.filter((name) => chosen.includes(name))

await setUpOrExit()
// Two cores: what needs no binary runs beside the builds; lanes of several processes run alone;
// the others by threes, since they wait more than they work (for clients, browsers, downloads), and
// those that take the issuer's two ports never at once.
const before = [["types", "lint", "shell", "unit"], ["build"]]
const after = [
  ["login", "panel"],
  ["peers", "completions", "systemd"],
  ["claude", "authority"],
]
const alone = Object.keys(LANES).filter((name) => ![...before, ...after].flat().includes(name))
const outcomes = []
for (const stage of [before, [alone], after])
  outcomes.push(...(await Promise.all(stage.map((names) => inTurn(pick(names))))).flat())
const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0)
if (chosen.includes("authority")) console.log(`authority: ${peerNote()}`)
if (notRun.length > 0) console.log(`not run: ${notRun.join(", ")}`)
console.log(`${sum("passed")} passed, ${sum("failed")} failed`)
process.exitCode = sum("failed") > 0 || sum("passed") === 0 ? 1 : 0
