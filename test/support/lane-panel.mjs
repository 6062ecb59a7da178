import { canRun, ensurePackages } from "./debian.mjs"

/** The real terminal behind the tests that type keys and read the screen. */
export async function ensureTerminal() {
  const { ok, output } = await ensurePackages(["tmux"], () => canRun(["tmux"], "-V"))
  if (ok) return { ok, output: "" }
  const hint = "hint: install it, or leave the lane out: AIM_TEST_WITHOUT=panel"
  return { ok, output: `${output}error: tmux is not there\n\n${hint}\n` }
}
