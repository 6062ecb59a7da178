import { run } from "./command.mjs"
import { canRun, ensurePackages } from "./debian.mjs"

/** The shell scripts with the dialect of each, and the shells that may meet it. */
const SCRIPTS = {
  "install.sh": { dialect: "sh", shells: ["dash", "bash"] },
  "src/render/completions/aim.bash": { dialect: "bash", shells: ["bash"] },
}

/**
 * Reads the shell scripts as the shells do that may meet them, and as ShellCheck does. ShellCheck
 * comes from the system's packages: where root may install it there, that is done here.
 * @returns {Promise<{ ok: boolean, output: string }[]>} one for each check
 */
export async function shellChecks() {
  const present = await ensureShellCheck()
  const checks = Object.entries(SCRIPTS).flatMap(([script, { dialect, shells }]) => [
    ...(present.ok ? [["shellcheck", `--shell=${dialect}`, script]] : []),
    ...shells.map((shell) => [shell, "-n", script]),
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
  const { ok, output } = await ensurePackages(["shellcheck"], () => canRun(["shellcheck"]))
  if (ok) return { ok, output: "" }
  const hint = "hint: install it, or leave the lane out: AIM_TEST_WITHOUT=shell"
  return { ok, output: `${output}error: ShellCheck is not there\n\n${hint}\n` }
}
