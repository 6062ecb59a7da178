import type { Fault } from "../../../src/simulator/fault.ts"
import { CANARY } from "../../../src/simulator/tokens.ts"

export const TOKEN = "/oauth/token"
const USAGE = "/backend-api/wham/usage"
/** What a provider can send back that has a token in it, or that aim might want to print. */
export const FAULTS: readonly (readonly [string, readonly Fault[]])[] = [
  ["a page for a reply", [{ path: "*", kind: "html" }]],
  ["half of a reply", [{ path: "*", kind: "garbled" }]],
  [
    "401 with the token in it",
    [
      {
        path: "*",
        kind: "status",
        status: 401,
        body: { error: { message: CANARY, code: CANARY } },
      },
    ],
  ],
  ["500 with the token in it", [{ path: "*", kind: "status", status: 500, body: CANARY }]],
  ["another's tokens", [{ path: TOKEN, kind: "other_account", as: "thief" }]],
  [
    "a redirect that carries it",
    [{ path: "*", kind: "redirect", location: `http://127.0.0.1:1/${CANARY}` }],
  ],
  ["what is not gzip", [{ path: "*", kind: "gzip_garbage" }]],
  ["a reply without its refresh token", [{ path: TOKEN, kind: "drop", keys: ["refresh_token"] }]],
  [
    "a refusal for good with the token in it",
    [
      {
        path: TOKEN,
        kind: "status",
        status: 400,
        body: { error: "invalid_grant", error_description: CANARY },
      },
    ],
  ],
  ["a cut", [{ path: TOKEN, kind: "cut", at: "half_body" }]],
  [
    "numbers that lie",
    [
      {
        path: USAGE,
        kind: "set",
        values: { email: CANARY, "rate_limit.primary_window.used_percent": CANARY },
      },
    ],
  ],
]
