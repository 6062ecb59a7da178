import { ownerOf } from "../domain/adopt/owner.ts"
import { bundleFileText } from "../domain/claude/bundle-file.ts"
import { type NativeAccount, nativeAccountOf } from "../domain/claude/login.ts"
import type { AskPassphrase } from "../domain/conversation.ts"
import { describeIdentity } from "../domain/identity.ts"
import type { Login } from "../domain/login.ts"
import { type Finding, findingOf } from "../domain/receipt.ts"
import type { Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { now } from "../system/clock.ts"
import { writeAtomic } from "../system/files.ts"
import { sha256 } from "../system/hash.ts"
import { namedPath } from "../system/homes.ts"
import { withLock } from "../system/locks.ts"
import { realPath } from "../system/real-path.ts"
import { sealFile } from "../system/sealed-file.ts"
import type { Secret } from "../system/secret.ts"
import { sweepTemps } from "../system/temps.ts"
import type { Target } from "../targets/target.ts"
import { checkExportPlace, refuseWrite, type ToExport } from "./bundle/export-place.ts"
import { loginAt } from "./capture-login.ts"

export type ExportOptions = {
  out: string
  /** The user home or configuration folder to read; null: Claude Code's own. */
  sourceHome: string | null
  encrypt: boolean
  /** Also where others can get at the file, and over a file that is no such bundle. */
  force: boolean
}

export type BundleExport = {
  filePath: string
  sourceHome: string
  encrypted: boolean
  identity: string
  account: NativeAccount
  warnings: Finding[]
}

/**
 * `aim claude export-live --out <file>`: writes the login that Claude Code has now into a bundle
 * file, 0600, whole or not at all. It changes nothing else but the ledger, which keeps a receipt.
 */
export async function exportLive(
  pool: Pool,
  target: Target,
  { out, sourceHome, encrypt, force }: ExportOptions,
  passphrase: AskPassphrase,
): Promise<BundleExport> {
  const filePath = namedPath(pool.homes, out)
  const named = namedPath(pool.homes, sourceHome ?? "~")
  const store = sourceHome === null ? await target.primaryStore() : await target.storeAt(sourceHome)
  // Said before anybody has to think of a passphrase; what is read here may be renewed meanwhile.
  const found = await loginAt(target, store, WAY_IN)
  const check = async (login: Login, sealedWith: ToExport["passphrase"]) => {
    const { document } = await pool.vault.read()
    await checkExportPlace(filePath, { login, document, force, passphrase: sealedWith })
  }
  await check(found, encrypt ? "later" : null)
  const key = encrypt ? await passphrase("new") : null
  const login = await loginAt(target, store, WAY_IN)
  const text = bundleFileText(login.fields, { at: now(), sourceHome: named })
  await write(pool, filePath, text, key, () => check(login, key))
  const result = {
    filePath,
    sourceHome: named,
    encrypted: encrypt,
    identity: describeIdentity(login.identity),
    account: nativeAccountOf(login.fields),
    warnings: await spentAlready(pool, login),
  }
  recordAct(pool, { action: "claude_export", status: "applied", ...result }, target.id)
  return result
}

/** The way to a Claude login, which Claude Code alone can make. */
const WAY_IN = "log in with `claude auth login`, over the old login, then run this again"

async function write(
  pool: Pool,
  path: string,
  text: Secret,
  passphrase: Secret | null,
  check: () => Promise<void>,
): Promise<void> {
  const plain = new TextEncoder().encode(text.reveal())
  const bytes = passphrase === null ? plain : await sealFile(plain, passphrase)
  await withLock(
    pool.vault.paths.locks,
    `export-${sha256(realPath(path)).slice(0, 16)}`,
    async () => {
      await check()
      try {
        await sweepTemps(path)
        await writeAtomic(path, bytes)
      } catch (error) {
        refuseWrite(path, error)
      }
    },
  )
}

/** Whoever imports a pair that was renewed since has nothing in hand. */
async function spentAlready(pool: Pool, login: Login): Promise<Finding[]> {
  const owner = ownerOf((await pool.vault.read()).document, login)
  if (owner?.relation !== "older") return []
  const message = `this login was renewed since: \`${owner.label}\` has a newer one, and what was exported is probably spent`
  return [findingOf({ code: "exported_login_is_older", message, hint: "aim status" })]
}
