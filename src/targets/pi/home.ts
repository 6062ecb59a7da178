import { storesIn } from "../file-home.ts"

/** The stores of Pi (1.5.2): `PI_CODING_AGENT_DIR`, else `~/.pi/agent`. */
export const { primaryStore, storeAt, switchedStore } = storesIn({
  id: "pi",
  name: "Pi",
  variable: "PI_CODING_AGENT_DIR",
  fallback: ".pi/agent",
})
