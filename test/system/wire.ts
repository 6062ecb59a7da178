import type { Socket } from "bun"

/** A TCP server that answers as a test says, byte by byte; what no real HTTP server would do. */
export type Wire = {
  url: string
  port: number
  seen: () => string
  requests: () => number
} & Disposable

/** `answer` is called for each packet that comes in; `open` when a connection stands. */
export function wire(handlers: {
  answer?: (socket: Socket, text: string) => void
  open?: (socket: Socket) => void
}): Wire {
  let seen = ""
  let requests = 0
  const server = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open: (socket) => handlers.open?.(socket),
      data: (socket, data) => {
        const text = data.toString("latin1")
        seen += text
        if (/^(GET|POST|CONNECT) /.test(text)) requests += 1
        handlers.answer?.(socket, text)
      },
    },
  })
  return {
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    seen: () => seen,
    requests: () => requests,
    [Symbol.dispose]: () => server.stop(true),
  }
}

/** Sends the text and goes on holding the connection. */
export function say(text: string): (socket: Socket) => void {
  return (socket) => {
    socket.write(text)
  }
}

/** Sends the text and closes. */
export function sayAndClose(text: string): (socket: Socket) => void {
  return (socket) => {
    socket.end(text)
  }
}

/** An HTTP server on loopback. */
export function web(answer: (request: Request) => Response | Promise<Response>) {
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: answer })
  return {
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    [Symbol.dispose]: () => {
      server.stop(true)
    },
  }
}

/** A port on which nobody listens, nor comes to: it is none that the kernel hands out. */
export function deafUrl(): string {
  return "http://127.0.0.1:1"
}
