import { join } from "node:path"
import type { Store, StoreView } from "../../domain/store.ts"
import { isoTime } from "../../system/time.ts"
import { linkTarget, modeText } from "../file-facts.ts"
import { readAuth, readbackFrom } from "./read.ts"

/** Reads a home for `show` and `status`; changes nothing. */
export async function describeStore(store: Store): Promise<StoreView> {
  const { found, parsed } = await readAuth(store)
  const held = readbackFrom(parsed, found)
  const login = held.kind === "login" ? held.login : null
  const entry = parsed?.kind === "auth" ? parsed.entry.kind : "none"
  return {
    home: store.home,
    realHome: store.realHome,
    authPath: store.file,
    symlinkTarget: await linkTarget(store.file),
    exists: found.kind !== "absent",
    holds: held.kind,
    problem: held.kind === "unreadable" ? held.problem : null,
    authMode: entry === "none" ? null : entry === "login" ? "oauth" : entry,
    accountId: login?.identity.workspace ?? null,
    email: login?.identity.email ?? null,
    expiresAt: login?.expiresAt == null ? null : isoTime(login.expiresAt),
    lastRefresh: null,
    hasApiKey: entry === "api_key",
    mode: modeText(found.kind === "text" ? found.mode : null),
    storeMode: "file",
    storeSource: "default",
    storeConfigPath: join(store.home, "settings.json"),
    storeError: null,
  }
}
