import { labelForLogin } from "../domain/adopt/new-account.ts"
import { claudeLogin, type NativeAccount, nativeAccount } from "../domain/claude/login.ts"
import type { AskPassphrase } from "../domain/conversation.ts"
import { type Healed, healStores } from "../pool/heal.ts"
import type { Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { recoverReplies } from "../pool/recover.ts"
import { namedPath } from "../system/homes.ts"
import { readBundleFile } from "./bundle/read-file.ts"
import { recordRefusal } from "./capture/record-refusal.ts"
import { statusOf, type Taken, takeLogin } from "./capture/take-login.ts"

export type BundleImport = Taken & {
  /** The file that was read, absolute. */
  filePath: string
  encrypted: boolean
  /** Whose login the label has now. */
  account: NativeAccount
  stores: Healed[]
}

/**
 * `aim claude import-native <label> --in <file>`: adopts the login in a bundle file as a label, by
 * the checks of a capture. What is older than the stored login changes nothing. Stores that hold an
 * older pair of the label are brought up to date; no other live file is touched.
 */
export async function importBundle(
  pool: Pool,
  typed: string,
  file: string,
  passphrase: AskPassphrase,
): Promise<BundleImport> {
  const filePath = namedPath(pool.homes, file)
  const { bundle, encrypted } = await readBundleFile(filePath, passphrase)
  await recoverReplies(pool)
  const label = labelForLogin((await pool.vault.read()).document, typed)
  // What a client has renewed is taken in first: only so can it be told which pair is the newer.
  const before = await healStores(pool)
  const refused = { action: "claude_import", target: "claude" } as const
  const taken = await recordRefusal(pool, label, refused, () =>
    takeLogin(pool, label, claudeLogin(bundle), (document) => document),
  )
  const captured = before.filter(({ outcome }) => outcome === "captured")
  const stores = [...captured, ...(await healStores(pool))]
  const account = nativeAccount((await pool.vault.read()).document, label)
  const result = { ...taken, filePath, encrypted, account, stores }
  recordAct(
    pool,
    { action: "claude_import", status: statusOf(taken.adoption), ...result },
    "claude",
  )
  return result
}
