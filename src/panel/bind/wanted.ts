import type { BrowserFlags } from "../../domain/browser/request.ts"

/** A browser setup that a person has put together; nothing of it is written yet. */
export type Wanted = {
  flags: BrowserFlags
  /** What would be saved, with the exact folders; empty where there is nothing to agree to. */
  saves: readonly string[]
}
