import { createServer, type Socket, connect as toPort } from "node:net"

/** The hosts that the real Claude Code 2.1.329 may ask; the simulator plays both. */
export const CLAUDE_HOSTS = ["api.anthropic.com", "platform.claude.com"]

/** A proxy that knows one way only: from Claude's hosts to the simulator's port. */
export type ClaudeWire = AsyncDisposable & {
  /** For HTTPS_PROXY. */
  proxyUrl: string
  /** What was asked for besides: `host:port`, or the line of a request that is no CONNECT. */
  strays: readonly string[]
}

/**
 * Opens the proxy on a free port of loopback. The TLS inside a tunnel is the simulator's own, so
 * the proxy reads nothing of it; every other host is refused, and no host name is ever looked up.
 */
export async function openClaudeWire(simulatorPort: number): Promise<ClaudeWire> {
  const strays: string[] = []
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on("close", () => sockets.delete(socket))
    socket.on("error", () => socket.destroy())
  }
  const server = createServer((client) => {
    keep(client)
    let head = Buffer.alloc(0)
    const read = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf("\r\n\r\n")
      if (end < 0) return
      client.off("data", read)
      const line = head.toString("latin1", 0, head.indexOf("\r\n"))
      const [, host = "", port = ""] = /^CONNECT ([^ :]+):(\d+) HTTP/.exec(line) ?? []
      if (!CLAUDE_HOSTS.includes(host) || port !== "443") {
        strays.push(host === "" ? line : `${host}:${port}`)
        client.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
        return
      }
      const upstream = toPort(simulatorPort, "127.0.0.1", () => {
        client.write("HTTP/1.1 200 Connection Established\r\n\r\n")
        upstream.write(head.subarray(end + 4))
        client.pipe(upstream).pipe(client)
      })
      keep(upstream)
      client.on("close", () => upstream.destroy())
      upstream.on("close", () => client.destroy())
    }
    client.on("data", read)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the proxy has no port")
  return {
    proxyUrl: `http://127.0.0.1:${address.port}`,
    strays,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
