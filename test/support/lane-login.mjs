import { canRun, ensurePackages } from "./debian.mjs"

/** The real browser that walks a login: from the system's packages, where root may install it. */
export async function ensureBrowser() {
  const { ok, output } = await ensurePackages(["chromium"], () => canRun(["chromium"]))
  if (ok) return { ok, output: "" }
  const hint = "hint: install it, or leave the lane out: AIM_TEST_WITHOUT=login"
  return { ok, output: `${output}error: Chromium is not there\n\n${hint}\n` }
}
