import { appendFileSync, writeFileSync } from "node:fs"

/**
 * A browser for agent-browser (0.41.2) that has no window: it notes its arguments in
 * `STAND_IN_NOTES`, one JSON line a start, and says what a Chrome says on its DevTools port, so
 * that a page "opens". It runs until it is told to close, as a browser does.
 */
type Call = { id: number; method: string; sessionId?: string; params?: { url?: string } }

const args = process.argv.slice(2)
const notes = process.env.STAND_IN_NOTES ?? "/dev/null"
const folder = args.find((word) => word.startsWith("--user-data-dir="))?.split("=")[1] ?? "/nowhere"
const target = { targetId: "T", type: "page", title: "", url: "about:blank", attached: true }
const frame = { id: "F", loaderId: "L", url: "about:blank" }
const ANSWERS: Readonly<Record<string, object>> = {
  "Browser.getVersion": { protocolVersion: "1.3", product: "Chrome/150.0.0.0" },
  "Target.getTargets": { targetInfos: [target] },
  "Target.createTarget": { targetId: "T" },
  "Target.attachToTarget": { sessionId: "S" },
  "Page.navigate": { frameId: "F", loaderId: "L" },
  "Page.getFrameTree": { frameTree: { frame } },
  "Runtime.evaluate": { result: { type: "string", value: "complete" } },
}

appendFileSync(notes, `${JSON.stringify({ started: args })}\n`)
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: (request, self) => (self.upgrade(request) ? undefined : Response.json([])),
  websocket: {
    message(socket, message) {
      const { id, method, sessionId, params }: Call = JSON.parse(String(message))
      socket.send(JSON.stringify({ id, sessionId, result: ANSWERS[method] ?? {} }))
      if (method === "Page.navigate") {
        appendFileSync(notes, `${JSON.stringify({ page: params?.url, folder })}\n`)
        for (const event of ["Page.domContentEventFired", "Page.loadEventFired"])
          socket.send(JSON.stringify({ sessionId, method: event, params: { timestamp: 1 } }))
      }
      if (method === "Browser.close") process.exit(0)
    },
  },
})
writeFileSync(`${folder}/DevToolsActivePort`, `${server.port}\n/devtools/browser/b`)
