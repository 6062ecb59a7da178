import { existsSync } from "node:fs"
import { ensurePackages } from "./debian.mjs"

/**
 * OpenSSH's server and client; they come from the system's packages.
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function ensureServer() {
  const isThere = async () => existsSync("/usr/sbin/sshd") && existsSync("/usr/bin/ssh")
  const packages = ["openssh-server", "openssh-client"]
  const { ok, output } = await ensurePackages(packages, isThere)
  if (ok) return { ok, output: "" }
  const hint = "hint: install openssh-server, or leave the lane out: AIM_TEST_WITHOUT=authority"
  return { ok, output: `${output}error: OpenSSH's server is not there\n\n${hint}\n` }
}
