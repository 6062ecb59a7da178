import { PROVIDER_IDS } from "../../domain/provider-id.ts"
import { logIn } from "../../operations/login.ts"
import { withPool } from "../../pool/pool.ts"
import { loginLines } from "../../render/login.ts"
import { defineAimCommand } from "../command.ts"
import { loginConversation } from "../login-conversation.ts"
import { laneOf } from "../login-lane.ts"
import { wholeNumber } from "../whole-number.ts"

export default defineAimCommand({
  meta: {
    example: "aim login boss --device-code",
    details: [
      "What is stored is renewed first, if that can succeed; only else somebody must log in.",
      "The address of the page goes to stderr. The address that the browser ends at may be pasted",
      "at any moment, whole, or only its code. A login of another person is kept in quarantine.",
      "It uses the public client id of the Codex CLI, and revokes no login.",
    ],
    mutates: true,
  },
  args: {
    label: {
      type: "positional",
      required: true,
      valueHint: "label",
      description: "the label; a new one is made",
    },
    provider: {
      type: "enum",
      options: [...PROVIDER_IDS],
      description: "whose login a new label has",
    },
    "device-code": { type: "boolean", description: "type a code at any other device" },
    browser: { type: "boolean", description: "wait for the browser to come back" },
    manual: { type: "boolean", description: "paste the address; no port is opened" },
    "no-open": { type: "boolean", description: "open no browser, even if the label has one" },
    qr: { type: "boolean", description: "draw the address as a QR code too" },
    timeout: {
      type: "string",
      valueHint: "s",
      description: "wait so long (600; with a device code 900)",
    },
  },
  run: async ({ homes, render, conversation }, { label, provider, timeout, ...flags }) => {
    const lane = laneOf(flags["device-code"], flags.browser, flags.manual)
    const timeoutSeconds = wholeNumber("timeout", timeout, 1, 3_600)
    const talk = await loginConversation(conversation, render, flags.qr)
    const noOpen = flags["no-open"] ?? false
    const options = { lane, noOpen, timeoutSeconds, provider: provider ?? null }
    return withPool(homes, async (pool) => {
      const result = await logIn(pool, label, options, talk)
      return { text: loginLines(result, render), json: { ok: true, ...result }, exit: 0 }
    })
  },
})
