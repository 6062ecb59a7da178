import type { Socket } from "bun"

/** A way to a port of this machine that breaks off. */
export type CutProxy = AsyncDisposable & { port: number }

type Ends = { other: Socket<Ends> | null; waiting: Uint8Array[] }

/** Passes connections on to `port`, each until its server has sent `bytes`, then cuts it. */
export async function cutAfter(port: number, bytes: number): Promise<CutProxy> {
  const server = Bun.listen<Ends>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open: async (client) => {
        client.data = { other: null, waiting: [] }
        let left = bytes
        const upstream = await Bun.connect<Ends>({
          hostname: "127.0.0.1",
          port,
          socket: {
            data: (_, chunk) => {
              client.write(chunk.subarray(0, Math.max(0, left)))
              left -= chunk.byteLength
              if (left > 0) return
              client.terminate()
              upstream.terminate()
            },
            close: () => void client.end(),
          },
        })
        client.data.other = upstream
        for (const chunk of client.data.waiting.splice(0)) upstream.write(chunk)
      },
      data: (client, chunk) => {
        const { other, waiting } = client.data
        if (other === null) waiting.push(new Uint8Array(chunk))
        else other.write(chunk)
      },
      close: (client) => void client.data.other?.end(),
    },
  })
  return {
    port: server.port,
    [Symbol.asyncDispose]: async () => server.stop(true),
  }
}
