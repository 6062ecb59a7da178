import type { JsonObject } from "../../domain/login.ts"
import { judgeTokenReply } from "../judge-token-reply.ts"
import type { RawReply, RefreshVerdict } from "../provider.ts"
import { loginFrom } from "./token-reply.ts"

/** Reads a refresh reply of OpenAI's (Codex CLI 0.169.0, login/src/auth). */
export function judgeRefresh(record: JsonObject, reply: RawReply, at: number): RefreshVerdict {
  return judgeTokenReply(loginFrom, record, reply, at)
}
