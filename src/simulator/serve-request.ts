import { hashOfBearer, noteBearer } from "./bearer.ts"
import { deliver, type Gates } from "./deliver.ts"
import { letsRequestThrough } from "./fault.ts"
import { noteTokenRequest, tokenBody } from "./oauth.ts"
import { json, type Reply } from "./reply.ts"
import { routeOf } from "./routes.ts"
import { spoil } from "./spoil.ts"
import { accountNamed, type Exchange, type World } from "./world.ts"

/** Plays the provider for one request: log it, judge it, spoil the reply, deliver it. */
export async function serveRequest(
  request: Request,
  world: World,
  gates: Gates,
): Promise<Response> {
  const { pathname: path, searchParams: query } = new URL(request.url)
  const route = routeOf(request.method, path)
  const entry = world.log.add({
    at: world.clock(),
    method: request.method,
    path,
    kind: route.kind,
    account: null,
    bearerAccount: null,
    accountHeader: request.headers.get("chatgpt-account-id"),
    userAgent: request.headers.get("user-agent"),
    bearerHash: hashOfBearer(request.headers),
    refreshTokenHash: null,
    refreshReason: null,
    status: 0,
    outcome: "pending",
    faults: [],
    ended: "pending",
  })
  const body = await readBody(request)
  const exchange: Exchange = { path, query, headers: request.headers, body, entry }
  if (route.kind === "token_other" || route.kind === "revoke") noteTokenRequest(exchange, world)
  noteBearer(exchange, world)
  request.signal.addEventListener("abort", () => {
    if (entry.ended === "pending") entry.ended = "client_gone"
  })

  const faults = world.faults.take(path, entry.account)
  entry.faults = faults.map((fault) => fault.kind)
  const handled = faults.every(letsRequestThrough)
  let planned: Reply = handled ? route.answer(exchange, world) : json(200, {})
  if (!handled) entry.outcome = "not_handled"
  for (const fault of faults) {
    planned = spoil(planned, fault, (name) => {
      return tokenBody(world.logins.mint(accountNamed(world, name)), world.clock())
    })
  }
  world.log.announce(entry)
  const response = await deliver(planned, gates)
  if (entry.ended === "pending") {
    entry.ended = planned.cut === null && !planned.hangs ? "answered" : "cut"
    entry.status = planned.cut === "before_reply" || planned.hangs ? 0 : planned.status
  }
  return response
}

/** Codex's built-in provider sends its turns zstd-encoded. */
async function readBody(request: Request): Promise<string> {
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (request.headers.get("content-encoding") !== "zstd") return Buffer.from(bytes).toString()
  try {
    return Bun.zstdDecompressSync(bytes).toString()
  } catch {
    return ""
  }
}
