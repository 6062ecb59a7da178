import { existsSync } from "node:fs"
import { canRun, ensurePackages } from "./debian.mjs"

const PACKAGES = ["zsh", "fish", "bash-completion"]

/** The package holds no program: this is the file that a user's ~/.bashrc reads. */
const BASH_COMPLETION = "/usr/share/bash-completion/bash_completion"

/**
 * The shells in which completion is tried; they come from the system's packages.
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function ensureShells() {
  const areThere = async () =>
    existsSync(BASH_COMPLETION) && (await canRun(["bash", "zsh", "fish"]))
  const { ok, output } = await ensurePackages(PACKAGES, areThere)
  if (ok) return { ok, output: "" }
  const hint = "hint: install them, or leave the lane out: AIM_TEST_WITHOUT=completions"
  return { ok, output: `${output}error: ${PACKAGES.join(", ")}: not all are there\n\n${hint}\n` }
}
