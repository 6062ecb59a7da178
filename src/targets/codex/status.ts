import { join } from "node:path"
import type { Store, StoreView } from "../../domain/store.ts"
import { linkTarget, modeText } from "../file-facts.ts"
import { readLoginFile } from "../login-file.ts"
import { loginKind } from "./auth-file.ts"
import { readConfig } from "./config.ts"
import { parsedOf, readbackFrom } from "./read.ts"

/** Reads a home for `show` and `status`; changes nothing. */
export async function describeStore(store: Store, machine: string): Promise<StoreView> {
  const found = await readLoginFile(store)
  const parsed = parsedOf(found, store.file)
  const held =
    parsed === null ? ({ kind: "absent" } as const) : readbackFrom(parsed, found, store.file)
  const auth = parsed?.kind === "auth" ? parsed.auth : null
  const fields = held.kind === "login" ? held.login.fields : {}
  const config = await readConfig(store, machine)
  return {
    home: store.home,
    realHome: store.realHome,
    authPath: store.file,
    symlinkTarget: await linkTarget(store.file),
    exists: found.kind !== "absent",
    holds: held.kind,
    problem: held.kind === "unreadable" ? held.problem : null,
    authMode: auth === null ? null : loginKind(auth),
    accountId: textOf(fields.accountId),
    email: held.kind === "login" ? held.login.identity.email : null,
    expiresAt:
      held.kind === "login" && held.login.expiresAt !== null ? textOf(fields.expiresAt) : null,
    lastRefresh: textOf(fields.lastRefresh),
    hasApiKey: auth?.OPENAI_API_KEY != null,
    mode: modeText(found.kind === "text" ? found.mode : null),
    storeMode: config.problems.length > 0 ? "unknown" : (config.storeMode?.value ?? "file"),
    storeSource: config.storeMode === null ? "default" : "config",
    storeConfigPath: config.storeMode?.layer.file ?? join(store.home, "config.toml"),
    storeError: config.problems[0]?.message ?? null,
  }
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null
}
