import type { JsonObject } from "../../domain/login.ts"
import { Secret } from "../../system/secret.ts"
import { askUsage } from "../ask-usage.ts"
import type { UsageResult } from "../provider.ts"
import { readingFrom } from "./usage-reading.ts"

/**
 * Reads a label's quota: `GET {chatgptUrl}/wham/usage`, as Codex CLI 0.169.0 polls it, at most
 * `timeoutMs` with its body.
 */
export async function readUsage(
  chatgptUrl: string,
  record: JsonObject,
  timeoutMs: number,
): Promise<UsageResult> {
  const { access, accountId } = record
  if (!(access instanceof Secret) || access.blank)
    return { kind: "unauthorized", detail: "there is no access token" }
  const account = typeof accountId === "string" ? accountId.trim() : ""
  return askUsage({
    url: `${chatgptUrl}/wham/usage`,
    headers: {
      authorization: `Bearer ${access.reveal()}`,
      ...(account === "" ? {} : { "chatgpt-account-id": account }),
    },
    secret: access,
    timeoutMs,
    read: readingFrom,
  })
}
