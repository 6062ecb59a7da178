const LOOPBACK = ["127.0.0.1", "localhost", "::1", "[::1]"]

/**
 * Keeps `HTTP_PROXY` and `HTTPS_PROXY` away from loopback: a token for our own gateway or a
 * simulator has no business at a proxy. Bun 1.4.5 reads these variables at run time and the lower
 * case one alone if both are there, so both are set to the same. To be called before the first
 * request of a process; calling it again changes nothing.
 */
export function neverProxyLoopback(env: Record<string, string | undefined> = process.env): void {
  const given = filled(env.no_proxy) ?? filled(env.NO_PROXY) ?? ""
  if (given.trim() === "*") return
  const hosts = given.split(",").map((host) => host.trim())
  const all = [...new Set([...hosts, ...LOOPBACK])].filter((host) => host !== "").join(",")
  env.NO_PROXY = all
  env.no_proxy = all
}

function filled(text: string | undefined): string | null {
  return text === undefined || text.trim() === "" ? null : text
}
