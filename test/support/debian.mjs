import { run } from "./command.mjs"

/** One at a time: lanes set themselves up side by side, and a second apt-get gives up at once. */
const APT = ["flock", "/var/lib/apt", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]

/**
 * Sees to it that packages of the system are there: where root may install them, that is done
 * here. The set-up takes them from Debian's own mirrors, as the machine is set up to.
 * @param {string[]} packages
 * @param {() => Promise<boolean>} areThere
 * @returns {Promise<{ ok: boolean, output: string }>} `output` is apt's, where they are not there
 */
export async function ensurePackages(packages, areThere) {
  if (await areThere()) return { ok: true, output: "" }
  const install = [...APT, "install", "-y", "--no-install-recommends", ...packages]
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  let output = ""
  if (process.getuid?.() === 0 && (await run("apt-get", ["--version"])).code === 0) {
    // The lists of packages may be too old for what the mirrors still have, or not there yet.
    for (const command of [install, [...APT, "update"], install]) {
      output += (await run(command[0], command.slice(1), { env })).output
      if (await areThere()) return { ok: true, output: "" }
    }
  }
  return { ok: false, output }
}

/** True when each of these programs can be started, and says its version to `flag`. */
export async function canRun(programs, flag = "--version") {
  const outcomes = await Promise.all(programs.map((program) => run(program, [flag])))
  return outcomes.every(({ code }) => code === 0)
}
