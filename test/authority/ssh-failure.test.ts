import { describe, expect, test } from "bun:test"
import type { SshLocator } from "../../src/authority/locator.ts"
import { remoteLine } from "../../src/authority/remote-line.ts"
import { failConnection } from "../../src/authority/ssh-failure.ts"
import { failWith } from "../support/fail-with.ts"

const STUDIO: SshLocator = {
  kind: "ssh",
  target: "agents@studio",
  port: 2222,
  remotePath: "$HOME/.aimgr/secrets.json",
  display: "ssh://agents@studio:2222",
}

describe("what ssh says when it gives up", () => {
  test.each([
    ["ssh: Could not resolve hostname studio: Name or service not known", "authority_unreachable"],
    ["ssh: connect to host studio port 22: Connection refused", "authority_unreachable"],
    ["ssh: connect to host studio port 22: No route to host", "authority_unreachable"],
    ["ssh: connect to host studio port 22: Connection timed out", "authority_unreachable"],
    ["kex_exchange_identification: Connection closed by remote host", "authority_unreachable"],
    ["agents@studio: Permission denied (publickey,password).", "authority_permission_denied"],
    [
      "Received disconnect from ::1: 2: Too many authentication failures",
      "authority_permission_denied",
    ],
    ["Host key verification failed.", "authority_host_key_unknown"],
    [
      "@@@@@@\n@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\n@@@@@@\nHost key verification failed.",
      "authority_host_key_changed",
    ],
    ["Connection to studio closed by remote host.", "authority_connection_lost"],
    ["client_loop: send disconnect: Broken pipe", "authority_connection_lost"],
    ["Timeout, server studio not responding.", "authority_connection_lost"],
    ["", "authority_connection_lost"],
  ])("%p", async (stderr, code) => {
    const { message } = await failWith(code, async () => failConnection(STUDIO, stderr))
    expect(message).toStartWith("ssh://agents@studio:2222 ")
    expect(message.split("\n")).toHaveLength(1)
  })

  test("comes with the way to try it by hand", async () => {
    const refused = async () => failConnection(STUDIO, "Connection refused")
    const { hint } = await failWith("authority_unreachable", refused)
    expect(hint).toBe("try it by hand: ssh -p 2222 agents@studio")
  })
})

describe("the one line of a remote program's stderr", () => {
  test.each([
    ["", null],
    ["\n \n", null],
    ["Warning: Permanently added 'studio' to the list of known hosts.\n", null],
    ["aim: it failed\n", "aim: it failed"],
    ["\u001b[31merror:\u001b[0m it failed\n\nhint: do this\n", "it failed"],
    [
      "file:///x/cli.js:1\n  throw new Error(`x`)\n        ^\n\nError: Refusing it: changed.\n    at main (x)\n\nNode.js v20\n",
      "Refusing it: changed.",
    ],
    ["a\u0007b\u202ec\rd", "d"],
    ["one\u0007two\u202ethree", "one two three"],
    ["token eyJhbGciOiJub25lIn0.eyJhIjoxfQ.x leaked", "token [redacted] leaked"],
    ["word ".repeat(99), `${"word ".repeat(40)}...`],
  ])("%p", (stderr, line) => {
    expect(remoteLine(stderr)).toBe(line)
  })
})
