import { hashOfBearer, noteBearer } from "./bearer.ts"
import { claudeTokenBody } from "./claude-oauth.ts"
import { deliver, type Gates } from "./deliver.ts"
import { letsRequestThrough } from "./fault.ts"
import { noteTokenRequest, tokenBody } from "./oauth.ts"
import { json, type Reply } from "./reply.ts"
import { paths, routeOf } from "./routes.ts"
import { spoil } from "./spoil.ts"
import { accountNamed, claudeAccountNamed, type Exchange, type World } from "./world.ts"

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
    planned = spoil(planned, fault, (name) => freshTokens(world, path, name))
  }
  world.log.announce(entry)
  const response = await deliver(planned, gates)
  if (!response.headers.has("date"))
    response.headers.set("date", new Date(world.clock()).toUTCString())
  if (entry.ended === "pending") {
    entry.ended = planned.cut === null && !planned.hangs ? "answered" : "cut"
    entry.status = planned.cut === "before_reply" || planned.hangs ? 0 : planned.status
  }
  return response
}

/** The token reply of a new login of that account, in the words of the endpoint that was asked. */
function freshTokens(world: World, path: string, name: string): Record<string, unknown> {
  const at = world.clock()
  if (path !== paths.claudeToken) return tokenBody(world.logins.mint(accountNamed(world, name)), at)
  const account = claudeAccountNamed(world, name)
  return claudeTokenBody(account, world.claude.logins.mint(account), at)
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
