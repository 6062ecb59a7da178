import type { Pool } from "../pool/pool.ts"
import { fail } from "../system/errors.ts"
import type { Target } from "../targets/target.ts"

/** The target that the `aim codex ...` commands work on. */
export function codexOf(pool: Pool): Target {
  return (
    pool.targets.find(({ id }) => id === "codex") ??
    fail("unsupported_target", "this aim does not know Codex", "use a newer aim")
  )
}
