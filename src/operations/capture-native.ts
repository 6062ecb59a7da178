import { labelForLogin } from "../domain/adopt/new-account.ts"
import { type NativeAccount, nativeAccount } from "../domain/claude/login.ts"
import type { Pool } from "../pool/pool.ts"
import { namedPath } from "../system/homes.ts"
import type { Target } from "../targets/target.ts"
import { recordRefusal } from "./capture/record-refusal.ts"
import { type CaptureResult, captureLogin } from "./capture-login.ts"

export type NativeCapture = CaptureResult & {
  /** The user home or configuration folder that was read, as it was named, absolute. */
  sourceHome: string
  /** Whose login the label has now. */
  account: NativeAccount
}

/** `aim claude capture-native <label>`: as {@link captureLogin}; a refusal is noted on the label. */
export async function captureNative(
  pool: Pool,
  target: Target,
  typed: string,
  sourceHome: string | null,
): Promise<NativeCapture> {
  const label = labelForLogin((await pool.vault.read()).document, typed)
  const refused = { action: "claude_capture_refused", target: "claude" } as const
  const result = await recordRefusal(pool, label, refused, () =>
    captureLogin(pool, target, label, sourceHome),
  )
  const account = nativeAccount((await pool.vault.read()).document, label)
  return { ...result, sourceHome: namedPath(pool.homes, sourceHome ?? "~"), account }
}
