import { isAbsolute } from "node:path"
import { type Finding, findingOf } from "../domain/receipt.ts"
import { overrides } from "../providers/urls.ts"
import { clientHome, type Homes } from "../system/homes.ts"

/** Where clients keep their files, where a shell says so. */
const CLIENT_FOLDERS = [
  "CODEX_HOME",
  "CLAUDE_CONFIG_DIR",
  "CLAUDE_SECURESTORAGE_CONFIG_DIR",
  "PI_CODING_AGENT_DIR",
  "OPENCLAW_STATE_DIR",
  "HERMES_HOME",
]
const PROXIES = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"].flatMap(bothCases)
const PLAIN = [...bothCases("NO_PROXY"), "NODE_EXTRA_CA_CERTS"]

/** What of a shell's environment a tick needs as well, and what may not be written down. */
export type Carried = {
  environment: Readonly<Record<string, string>>
  folders: readonly string[]
  warnings: Finding[]
}

/**
 * The variables of this call that decide where clients' files lie and how providers are reached. A
 * unit can be read by everybody on the machine: a proxy with a password in it is left out, and said.
 */
export function carriedOver(homes: Homes): Carried {
  const given = (name: string) => homes.env[name]?.trim() ?? ""
  const named = CLIENT_FOLDERS.filter((name) => given(name) !== "")
  const folders = named.map((name) => clientHome(homes, name, ""))
  // To the letter: Claude Code names its Keychain item by what the variable says, a slash at its end too.
  const texts = named.map((name, at) => [
    name,
    isAbsolute(given(name)) ? given(name) : (folders[at] ?? ""),
  ])
  const proxies = PROXIES.filter((name) => given(name) !== "")
  const [open, closed] = [
    proxies.filter((name) => !hasPassword(given(name))),
    proxies.filter((name) => hasPassword(given(name))),
  ]
  return {
    environment: Object.fromEntries([
      ...texts,
      ...overrides(homes.env).map(({ variable, url }) => [variable, url] as const),
      ...[...open, ...PLAIN.filter((name) => given(name) !== "")].map(
        (name) => [name, given(name)] as const,
      ),
    ]),
    folders,
    warnings: closed.map(leftOut),
  }
}

function leftOut(variable: string): Finding {
  return findingOf({
    code: "proxy_credentials_left_out",
    message: `\`${variable}\` holds a password and is left out: everybody can read a unit`,
    hint: "name a proxy without one, or put it into a drop-in that only you can read",
  })
}

/** True unless it is certain that there is none. */
function hasPassword(proxy: string): boolean {
  return proxy.includes("@")
}

function bothCases(name: string): string[] {
  return [name, name.toLowerCase()]
}
