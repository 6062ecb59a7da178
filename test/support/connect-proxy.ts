import { connect, createServer, type Server } from "node:net"

/** A proxy that tunnels whatever it is asked for to one port of this machine (HTTP CONNECT). */
export type ConnectProxy = AsyncDisposable & {
  url: string
  /** What the tunnels were asked to lead to, in order: `host:port`. */
  asked: () => readonly string[]
  /** Every byte that went by on the way there. */
  seen: () => string
}

export function connectProxy(port: number): ConnectProxy {
  const asked: string[] = []
  let seen = ""
  const server = createServer((client) => {
    client.on("error", () => {})
    client.once("data", (head) => {
      asked.push(/^CONNECT (\S+) /.exec(head.toString())?.[1] ?? "nothing")
      const far = connect(port, "127.0.0.1", () => client.write("HTTP/1.1 200 OK\r\n\r\n"))
      far.on("error", () => client.destroy())
      client.on("data", (bytes) => {
        seen += bytes.toString("latin1")
      })
      client.pipe(far).pipe(client)
    })
  })
  server.listen(0, "127.0.0.1")
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    asked: () => asked,
    seen: () => seen,
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  return address.port
}
