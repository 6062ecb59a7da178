import { storesIn } from "../file-home.ts"

/** The stores of the Codex CLI (0.169.0): `CODEX_HOME`, else `~/.codex`. */
export const { primaryStore, storeAt, switchedStore } = storesIn({
  id: "codex",
  name: "Codex",
  variable: "CODEX_HOME",
  fallback: ".codex",
})
