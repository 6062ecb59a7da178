import type { TargetId } from "../domain/store.ts"
import type { Pool } from "../pool/pool.ts"
import { fail } from "../system/errors.ts"
import type { Target } from "../targets/target.ts"

/** The client that the `aim <client> ...` commands work on. */
export function targetOf(pool: Pool, id: TargetId): Target {
  return (
    pool.targets.find((target) => target.id === id) ??
    fail("unsupported_target", `this aim does not know the client ${id}`, "use a newer aim")
  )
}
