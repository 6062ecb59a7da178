import { mkdir, readFile, rmdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Login } from "../../src/simulator/logins.ts"
import { CODEX_CLIENT_ID } from "../../src/simulator/tokens.ts"
import type { World } from "./world.ts"

/** One entry of Pi's `auth.json`, as far as tests look. */
export type PiEntry = {
  type: string
  access: string
  refresh: string
  expires: number
  accountId?: string
} & Record<string, unknown>
export type PiFile = { "openai-codex"?: PiEntry } & Record<string, unknown>

/** Another provider's login, which is nobody's business but Pi's. */
export const ANTHROPIC = {
  type: "oauth",
  access: "AIMCANARY-a",
  refresh: "AIMCANARY-r",
  expires: 1,
}

export function piHome(home: string): string {
  return join(home, ".pi", "agent")
}

export function piFile(dir: string): string {
  return join(dir, "auth.json")
}

/** The entry that Pi's own login makes of a grant (1.5.2). */
export function piEntry(login: Login): PiEntry {
  return {
    type: "oauth",
    access: login.accessToken,
    refresh: login.refreshToken,
    expires: login.expiresAt,
    accountId: login.accountId,
  }
}

/** Writes a Pi home's `auth.json` (a tree, or its text), 0600. */
export async function writePi(dir: string, file: PiFile | string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const text = typeof file === "string" ? file : JSON.stringify(file, null, 2)
  await writeFile(piFile(dir), text, { mode: 0o600 })
}

export async function readPi(dir: string): Promise<PiFile> {
  return JSON.parse(await readFile(piFile(dir), "utf8"))
}

/** The refresh token in a Pi home; fails the test where there is none. */
export async function piRefreshToken(dir: string): Promise<string> {
  const entry = (await readPi(dir))["openai-codex"]
  if (entry === undefined) throw new Error(`${dir} holds no login`)
  return entry.refresh
}

/** Logs an account in in a Pi home, as Pi's `/login` does. */
export async function piLogin(
  world: World,
  account: string,
  options: { dir?: string; expiresInSeconds?: number } = {},
): Promise<Login> {
  const { dir = piHome(world.home), expiresInSeconds } = options
  const minted = world.sim.mintLogin(
    account,
    expiresInSeconds === undefined ? {} : { expiresInSeconds },
  )
  await writePi(dir, { anthropic: ANTHROPIC, "openai-codex": piEntry(minted) })
  return minted
}

/**
 * What Pi 1.5.2 does when its access token runs out: under its lock it posts the refresh token of
 * its file and writes the whole entry anew, in place. Gives the new refresh token. `now` is epoch ms.
 */
export async function piRefreshes(
  world: World,
  dir = piHome(world.home),
  now = Date.now(),
): Promise<string> {
  const lock = lockOf(dir)
  await mkdir(lock)
  try {
    const file = await readPi(dir)
    const reply = await fetch(`${world.sim.authUrl}/oauth/token`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "refresh_token",
        refresh_token: file["openai-codex"]?.refresh ?? "",
        client_id: CODEX_CLIENT_ID,
      }),
    })
    if (!reply.ok) throw new Error(`the simulator refused Pi's refresh: ${reply.status}`)
    const { access_token, refresh_token, expires_in } = (await reply.json()) as {
      access_token: string
      refresh_token: string
      expires_in: number
    }
    const accountId = file["openai-codex"]?.accountId ?? ""
    const expires = now + expires_in * 1_000
    const entry = {
      type: "oauth",
      access: access_token,
      refresh: refresh_token,
      expires,
      accountId,
    }
    await writeFile(piFile(dir), JSON.stringify({ ...file, "openai-codex": entry }, null, 2))
    return refresh_token
  } finally {
    await rmdir(lock)
  }
}

/** Pi's own lock of a home. */
export function lockOf(dir: string): string {
  return `${piFile(dir)}.lock`
}
