import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import type { JsonObject } from "../../../src/domain/login.ts"
import { anthropicProvider } from "../../../src/providers/anthropic/anthropic-provider.ts"
import { Secret } from "../../../src/system/secret.ts"
import { VERSION } from "../../../src/system/version.ts"
import { web } from "../../system/wire.ts"
import { recordOf } from "./records.ts"

type Seen = { path: string; headers: Record<string, string>; body: string }

let seen: Seen[] = []
let answer: (path: string) => Response = () => Response.json({})
let server: ReturnType<typeof web>

beforeEach(() => {
  seen = []
  server = web(async (request) => {
    const { pathname } = new URL(request.url)
    const body = await request.text()
    seen.push({ path: pathname, headers: Object.fromEntries(request.headers), body })
    return answer(pathname)
  })
})
afterEach(() => server[Symbol.dispose]())

function provider(env: Record<string, string> = {}) {
  return anthropicProvider({
    AIM_ANTHROPIC_AUTH_URL: server.url,
    AIM_ANTHROPIC_API_URL: server.url,
    AIM_CLAUDE_WEB_URL: server.url,
    ...env,
  })
}
const usage = (record: JsonObject, env = {}) => provider(env).readUsage(record, 5_000)
const READING = { five_hour: { utilization: 3, resets_at: null } }

test("a refresh is posted once, by aim's own name, with the scopes that the login has", async () => {
  answer = () => Response.json({ access_token: "a2" })
  const posted = await provider().postRefresh(recordOf())
  expect(posted).toMatchObject({ kind: "reply", reply: { status: 200 } })
  expect(seen.map(({ path }) => path)).toEqual(["/v1/oauth/token"])
  expect(seen[0]?.headers["user-agent"]).toBe(`aim/${VERSION}`)
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
    grant_type: "refresh_token",
    refresh_token: "sk-ant-ort01-AIMCANARY-r1",
    client_id: "9d1c250a-e61b-44d9-88ed-5944d1962f5e",
    scope: "user:inference user:profile",
  })
  const bare = { refresh: new Secret("r") }
  await provider().postRefresh(bare)
  expect(JSON.parse(seen[1]?.body ?? "")).not.toHaveProperty("scope")
  expect(await provider().postRefresh({})).toMatchObject({ kind: "not_sent" })
})

test("a redirect does not take the refresh token along", async () => {
  answer = () => Response.redirect(`${server.url}/elsewhere`, 307)
  const posted = await provider().postRefresh(recordOf())
  expect(posted).toMatchObject({ kind: "reply", reply: { status: 307 } })
  expect(seen).toHaveLength(1)
})

describe("quota", () => {
  test("is asked as the label, by aim's own name", async () => {
    answer = () => Response.json(READING)
    expect(await usage(recordOf())).toMatchObject({
      kind: "reading",
      reading: { plan: "default_claude_max_20x", windows: [{ kind: "5h", usedPercent: 3 }] },
    })
    expect(seen).toMatchObject([
      {
        path: "/api/oauth/usage",
        headers: {
          authorization: "Bearer sk-ant-oat01-AIMCANARY-a1",
          "anthropic-beta": "oauth-2025-04-20",
          "user-agent": `aim/${VERSION}`,
        },
      },
    ])
  })

  test.each<[string, () => Response, object]>([
    [
      "a 429",
      () => new Response("", { status: 429, headers: { "retry-after": "7200" } }),
      { kind: "rate_limited", retryAfterMs: 3_600_000 },
    ],
    ["a 401", () => new Response("", { status: 401 }), { kind: "unauthorized" }],
    ["another 403", () => new Response("no", { status: 403 }), { kind: "unauthorized" }],
    ["a 503", () => new Response("", { status: 503 }), { kind: "transient" }],
    ["a page", () => new Response("<html>"), { kind: "protocol" }],
    [
      "a reply with the token in it",
      () =>
        Response.json({
          limits: [
            {
              kind: "weekly_scoped",
              percent: 1,
              scope: { model: { display_name: "sk-ant-oat01-AIMCANARY-a1" } },
            },
          ],
        }),
      { kind: "protocol" },
    ],
  ])("is not read off %s", async (_what, reply, expected) => {
    answer = reply
    expect(await usage(recordOf())).toMatchObject(expected)
  })

  test("can't be asked for without the scope, and is then unmetered, not 0", async () => {
    expect(await usage(recordOf({ scopes: ["user:inference"] }))).toMatchObject({
      kind: "unmetered",
    })
    expect(seen).toHaveLength(0)
    const text = { error: { message: "OAuth token does not meet scope requirement user:profile" } }
    answer = () => Response.json(text, { status: 403 })
    expect(await usage(recordOf())).toMatchObject({ kind: "unmetered" })
  })

  test("of such a login is read by the operator's web session, if that is of its organisation", async () => {
    const unmetered = recordOf({ scopes: ["user:inference"] })
    const env = { CLAUDE_WEB_COOKIE: "a=b; sessionKey=sk-ant-sid01-AIMCANARY; c=d" }
    answer = (path) =>
      Response.json(
        path === "/api/organizations" ? [{ uuid: "org-0" }, { uuid: "org-1" }] : READING,
      )
    expect(await usage(unmetered, env)).toMatchObject({ kind: "reading" })
    expect(seen.map(({ path }) => path)).toEqual([
      "/api/organizations",
      "/api/organizations/org-1/usage",
    ])
    expect(seen[1]?.headers.cookie).toBe("sessionKey=sk-ant-sid01-AIMCANARY")
    seen = []
    answer = () => Response.json([{ uuid: "org-0" }])
    expect(await usage(unmetered, env)).toMatchObject({ kind: "unmetered" })
    expect(seen).toHaveLength(1)
  })

  test("of a login that may ask never goes by the web session", async () => {
    answer = () => Response.json(READING)
    await usage(recordOf(), { CLAUDE_AI_SESSION_KEY: "sk-ant-sid01-AIMCANARY" })
    expect(seen.map(({ path }) => path)).toEqual(["/api/oauth/usage"])
  })
})
