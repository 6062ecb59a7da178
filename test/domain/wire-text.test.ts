import { expect, test } from "bun:test"
import { wireText } from "../../src/domain/wire-text.ts"

test.each([
  ["timeout", "no reply in time"],
  ["ECONNREFUSED", "nobody answers there (ECONNREFUSED)"],
  ["EAI_AGAIN", "its name can't be resolved; is this machine offline? (EAI_AGAIN)"],
  ["ENETUNREACH", "there is no way to it; is this machine offline? (ENETUNREACH)"],
  ["http_503", "HTTP 503"],
  ["http_400 invalid_scope", "HTTP 400 invalid_scope"],
  ["rate_limited", "it asks to wait before the next try"],
  [
    "http_307",
    "a redirect, which is not followed; does a network here want a login of its own? (HTTP 307)",
  ],
  ["CERT_HAS_EXPIRED", "CERT_HAS_EXPIRED"],
  ["the reply holds no usable window", "the reply holds no usable window"],
])("%s", (detail, words) => {
  expect(wireText(detail)).toBe(words)
})
