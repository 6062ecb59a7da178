import { canRun, ensurePackages } from "./debian.mjs"

const PACKAGES = ["systemd", "python3", "util-linux"]
const PROGRAMS = ["systemd-analyze", "systemctl", "python3", "unshare", "nsenter"]

/**
 * The real systemd, which takes aim's units and runs them, and a parser of plists; they come from
 * the system's packages.
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function ensureSystemd() {
  const { ok, output } = await ensurePackages(PACKAGES, () => canRun(PROGRAMS))
  if (ok) return { ok, output: "" }
  const hint = "hint: install them, or leave the lane out: AIM_TEST_WITHOUT=systemd"
  return { ok, output: `${output}error: ${PACKAGES.join(", ")}: not all are there\n\n${hint}\n` }
}
