import { fail } from "../system/errors.ts"

type Env = Readonly<Record<string, string | undefined>>

/** Where each service stands, and the variable that puts something else in its place. */
const SERVICES = {
  openaiAuth: { variable: "AIM_OPENAI_AUTH_URL", standard: "https://auth.openai.com" },
  chatgpt: { variable: "AIM_CHATGPT_URL", standard: "https://chatgpt.com/backend-api" },
  anthropicAuth: { variable: "AIM_ANTHROPIC_AUTH_URL", standard: "https://platform.claude.com" },
  anthropicApi: { variable: "AIM_ANTHROPIC_API_URL", standard: "https://api.anthropic.com" },
  claudeWeb: { variable: "AIM_CLAUDE_WEB_URL", standard: "https://claude.ai" },
} as const
export type Service = keyof typeof SERVICES

/** Loopback as `neverProxyLoopback` knows it, so that plain http never leaves the machine. */
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"])

/**
 * The base URL of a service, without a slash at its end: its variable in `env`, else the
 * provider's own. Tokens go there, so only https, or http on loopback, is accepted; anything else
 * stops with `provider_url_refused`.
 */
export function providerUrl(env: Env, service: Service): string {
  const { variable, standard } = SERVICES[service]
  const given = env[variable]?.trim() ?? ""
  if (given === "") return standard
  const url = parse(given)
  const why = url === null ? "is no URL" : complaint(url)
  if (url === null || why !== null) return refuse(variable, why ?? "is no URL")
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "")
}

/** An environment variable that puts another base URL in the place of the provider's own. */
export type UrlOverride = { variable: string; url: string }

/** Every override in force, for the warning `provider_url_override`; none that is the default. */
export function overrides(env: Env): UrlOverride[] {
  return (Object.keys(SERVICES) as Service[]).flatMap((service) => {
    const { variable, standard } = SERVICES[service]
    const url = providerUrl(env, service)
    return url === standard ? [] : [{ variable, url }]
  })
}

function parse(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

function complaint(url: URL): string | null {
  const plain = url.protocol === "http:"
  if (!plain && url.protocol !== "https:") return "is neither https nor http"
  if (plain && !LOOPBACK.has(url.hostname)) return "is plain http to another machine"
  if (url.username !== "" || url.password !== "") return "holds a user name or a password"
  if (url.search !== "" || url.hash !== "") return "holds more than a path"
  return null
}

function refuse(variable: string, why: string): never {
  return fail(
    "provider_url_refused",
    `the URL in \`${variable}\` ${why}`,
    `unset \`${variable}\`, or set it to an https URL (http only on 127.0.0.1, localhost or [::1])`,
  )
}
