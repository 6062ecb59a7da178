import { mkdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { newAccount } from "../../src/domain/adopt/new-account.ts"
import { recordFields } from "../../src/domain/claude/bundle.ts"
import { claudeIdentity } from "../../src/domain/claude/identity.ts"
import { adoptPair } from "../../src/domain/credential-edits.ts"
import type { Document } from "../../src/domain/document.ts"
import { putAccount } from "../../src/domain/document-edits.ts"
import type { JsonObject, Login } from "../../src/domain/login.ts"
import type { ClaudeFiles } from "../../src/simulator/claude-files.ts"
import { now } from "../../src/system/clock.ts"
import { Secret } from "../../src/system/secret.ts"

/** A user home as Claude Code fills it: where its two files stand in it. */
export const claudePaths = (home: string) => ({
  credentials: join(home, ".claude", ".credentials.json"),
  appState: join(home, ".claude.json"),
})

/** What stands in a Claude home's two files, as far as tests look. */
export type ClaudeHeld = {
  claudeAiOauth: Partial<ClaudeFiles["claudeAiOauth"]> & Record<string, unknown>
  oauthAccount: Partial<ClaudeFiles["oauthAccount"]> & Record<string, unknown>
  /** The whole documents. */
  credentials: Record<string, unknown>
  appState: Record<string, unknown>
}

/** Writes a login into a user home, as a Claude Code that was started once would have it. */
export async function writeClaudeHome(
  home: string,
  files: Partial<ClaudeFiles>,
  more: { credentials?: object; appState?: object } = {},
): Promise<void> {
  const { credentials, appState } = claudePaths(home)
  const { claudeAiOauth, oauthAccount } = files
  await mkdir(dirname(credentials), { recursive: true, mode: 0o700 })
  const write = (path: string, value: object) => {
    return writeFile(path, JSON.stringify(value, null, 2), { mode: 0o600 })
  }
  await write(credentials, { ...more.credentials, ...(claudeAiOauth && { claudeAiOauth }) })
  await write(appState, {
    numStartups: 1,
    hasCompletedOnboarding: true,
    ...more.appState,
    ...(oauthAccount && { oauthAccount }),
  })
}

/** Reads both files back; a missing one counts as empty. */
export async function readClaudeHome(home: string): Promise<ClaudeHeld> {
  const { credentials: first, appState: second } = claudePaths(home)
  const [credentials, appState] = await Promise.all([jsonIn(first), jsonIn(second)])
  const part = (from: JsonObject, key: string) => (from[key] ?? {}) as Record<string, unknown>
  return {
    claudeAiOauth: part(credentials, "claudeAiOauth"),
    oauthAccount: part(appState, "oauthAccount"),
    credentials,
    appState,
  }
}

/** The reference's file for `aim claude import-native`, version 1. */
export async function writeClaudeBundle(file: string, nativeClaudeBundle: ClaudeFiles) {
  const exportedAt = new Date().toISOString()
  const bundle = { version: 1, provider: "anthropic", exportedAt, nativeClaudeBundle }
  await writeFile(file, `${JSON.stringify(bundle, null, 2)}\n`, { mode: 0o600 })
}

/** A login as the vault takes it in. */
export function claudeLoginOf({ claudeAiOauth, oauthAccount }: ClaudeFiles): Login {
  const access = new Secret(claudeAiOauth.accessToken)
  const refresh = new Secret(claudeAiOauth.refreshToken)
  const sealed = { ...claudeAiOauth, accessToken: access, refreshToken: refresh }
  const bundle = { claudeAiOauth: sealed, oauthAccount }
  const { expiresAt } = claudeAiOauth
  const identity = claudeIdentity(bundle)
  return {
    provider: "anthropic",
    access,
    refresh,
    expiresAt,
    identity,
    fields: recordFields(bundle),
  }
}

/** The document with that login as the pair of a Claude label, which is made where it is missing. */
export function withClaudeLabel(before: Document, label: string, files: ClaudeFiles): Document {
  const known = Object.hasOwn(before.accounts, label)
  const based = known ? before : putAccount(before, label, newAccount("anthropic"))
  return adoptPair(based, label, claudeLoginOf(files), now())
}

async function jsonIn(path: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(path, "utf8"))
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {}
    throw error
  }
}
