import { run } from "./command.mjs"

const SCRIPTS = ["install.sh"]

/**
 * Reads the shell scripts as the shells do that may meet them, and as ShellCheck does. ShellCheck
 * comes from the system's packages: where root may install it there, that is done here.
 * @returns {Promise<{ ok: boolean, output: string }[]>} one for each check
 */
export async function shellChecks() {
  const present = await ensureShellCheck()
  const checks = SCRIPTS.flatMap((script) => [
    ...(present.ok ? [["shellcheck", "--shell=sh", script]] : []),
    ...["dash", "bash"].map((shell) => [shell, "-n", script]),
  ])
  const outcomes = await Promise.all(
    checks.map(async ([program, ...args]) => {
      const { code, output } = await run(program, args)
      const ok = code === 0 && output === ""
      return { ok, output: ok ? "" : `${program} ${args.join(" ")}\n${output}` }
    }),
  )
  return present.ok ? outcomes : [present, ...outcomes]
}

async function ensureShellCheck() {
  if (await isThere()) return { ok: true, output: "" }
  const apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
  const install = [...apt, "install", "-y", "--no-install-recommends", "shellcheck"]
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  let output = ""
  if (process.getuid?.() === 0 && (await run("apt-get", ["--version"])).code === 0) {
    // The lists of packages may be too old for what the mirrors still have, or not there yet.
    for (const command of [install, [...apt, "update"], install]) {
      output += (await run(command[0], command.slice(1), { env })).output
      if (await isThere()) return { ok: true, output: "" }
    }
  }
  const hint = "hint: install it, or leave the lane out: AIM_TEST_WITHOUT=shell"
  return { ok: false, output: `${output}error: ShellCheck is not there\n\n${hint}\n` }
}

async function isThere() {
  return (await run("shellcheck", ["--version"])).code === 0
}
