/** A page for the browser, and whether it was the one that was waited for. */
export type CallbackAnswer = { status: number; html: string }

/** Listens on loopback for the browser that comes back from a login page. */
export type CallbackServer = {
  port: number
  /** Frees the port; pages that are on their way are still sent. */
  close(): Promise<void>
}

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  // The address in the browser's bar holds the code: it goes nowhere else.
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  connection: "close",
}

/**
 * Takes the first of `ports` on 127.0.0.1 that is free and answers GET at `path` with what `answer`
 * makes of the query; any other path is 404. Null when every port is taken.
 */
export function listenForCallback(
  ports: readonly number[],
  path: string,
  answer: (query: URLSearchParams) => CallbackAnswer,
): CallbackServer | null {
  for (const port of ports) {
    try {
      const server = Bun.serve({
        hostname: "127.0.0.1",
        port,
        fetch: (request) => {
          const url = new URL(request.url)
          if (url.pathname !== path) return new Response("not found\n", { status: 404 })
          if (request.method !== "GET") return new Response("GET only\n", { status: 405 })
          const { status, html } = answer(url.searchParams)
          return new Response(html, { status, headers: HEADERS })
        },
      })
      return { port: server.port ?? port, close: () => server.stop(false) }
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }
  return null
}

/** Somebody has the port, or a port is nothing that this user may take. */
function isTaken(error: unknown): boolean {
  const code = typeof error === "object" && error !== null ? Reflect.get(error, "code") : null
  return code === "EADDRINUSE" || code === "EACCES" || code === "EADDRNOTAVAIL"
}
