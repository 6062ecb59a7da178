import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

/**
 * How the real Codex reaches the simulator. `http`: a custom provider over plain http, the
 * shortest way. `tls`: the built-in provider, which users have; it insists on https and therefore
 * on the throwaway authority. `none`: no provider section (login status, app-server reads).
 */
export type CodexWay =
  | { way: "http"; chatgptUrl: string; providerUrl?: string; provider?: Record<string, unknown> }
  | { way: "tls"; chatgptUrl: string; ca: string }
  | { way: "none" }

export type CodexHome = {
  /** The CODEX_HOME. */
  dir: string
  authPath: string
  /** Everything that a Codex process may know of the world. */
  env: Record<string, string>
  /** Replaces auth.json in one step, as aim does: temp file 0600 in the same folder, rename. */
  swapAuth: (document: unknown) => Promise<void>
  readAuth: () => Promise<CodexAuth>
  remove: () => Promise<void>
}

/** What tests look at in an auth.json. */
export type CodexAuth = {
  tokens: { id_token: string; access_token: string; refresh_token: string; account_id?: string }
  last_refresh?: string
}

/**
 * A CODEX_HOME below a fresh folder, with a config that leaves loopback as the only peer of
 * Codex 0.169.0. TMPDIR is a sibling of the home: Codex refuses helper binaries in a home
 * that lies below its TMPDIR.
 */
export async function makeCodexHome(
  options: CodexWay & {
    auth?: unknown
    /** `{authUrl}/oauth/token` for refreshes, whatever the login's provenance says. */
    authUrl?: string
    /** TOML put before the sections. */
    config?: string
  },
): Promise<CodexHome> {
  const root = await mkdtemp(join(tmpdir(), "aim-codex-"))
  const dir = join(root, "codex")
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? "/usr/bin:/bin",
    HOME: join(root, "home"),
    TMPDIR: join(root, "tmp"),
    CODEX_HOME: dir,
    TZ: "UTC",
  }
  for (const folder of [dir, env.HOME, env.TMPDIR]) await mkdir(String(folder), { mode: 0o700 })
  if (options.authUrl !== undefined) {
    env.CODEX_REFRESH_TOKEN_URL_OVERRIDE = `${options.authUrl}/oauth/token`
    env.CODEX_REVOKE_TOKEN_URL_OVERRIDE = `${options.authUrl}/oauth/revoke`
  }
  if (options.way === "tls") {
    env.CODEX_CA_CERTIFICATE = join(root, "ca.pem")
    await writeFile(env.CODEX_CA_CERTIFICATE, options.ca)
  }
  await writeFile(join(dir, "config.toml"), sealedConfig(options, options.config ?? ""))
  const authPath = join(dir, "auth.json")
  const swapAuth = async (document: unknown) => {
    const temporary = `${authPath}.next`
    await writeFile(temporary, JSON.stringify(document, null, 2), { mode: 0o600 })
    await chmod(temporary, 0o600)
    await rename(temporary, authPath)
  }
  if (options.auth !== undefined) await swapAuth(options.auth)
  return {
    dir,
    authPath,
    env,
    swapAuth,
    readAuth: async () => (await Bun.file(authPath).json()) as CodexAuth,
    remove: () => rm(root, { recursive: true, force: true }),
  }
}

/** The config of codex-cli.md §5: with it, 0.169.0 asked DNS for nothing. */
function sealedConfig(way: CodexWay, extra: string): string {
  const top = ["check_for_update_on_startup = false", extra]
  const sections = [
    "[analytics]",
    "enabled = false",
    "[features]",
    "plugins = false",
    "apps = false",
    "shell_snapshot = false",
  ]
  if (way.way !== "none") top.push(`chatgpt_base_url = ${toml(way.chatgptUrl)}`)
  if (way.way === "tls") top.push(`openai_base_url = ${toml(`${way.chatgptUrl}/codex`)}`)
  if (way.way === "http") {
    top.push('model_provider = "aimtest"')
    const provider = {
      name: "aimtest",
      base_url: way.providerUrl ?? `${way.chatgptUrl}/codex`,
      wire_api: "responses",
      requires_openai_auth: true,
      ...way.provider,
    }
    sections.push("[model_providers.aimtest]")
    for (const [key, value] of Object.entries(provider)) sections.push(`${key} = ${toml(value)}`)
  }
  return `${[...top, ...sections].join("\n")}\n`
}

/** JSON's texts, numbers and booleans are TOML as they stand. */
function toml(value: unknown): string {
  return JSON.stringify(value)
}
