import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { JsonObject } from "../../../src/domain/login.ts"
import type { Store } from "../../../src/domain/store.ts"
import { Secret } from "../../../src/system/secret.ts"
import { readStore } from "../../../src/targets/pi/read.ts"
import { tempFolder as newFolder } from "../../support/temp-folder.ts"
import { claims, EXP, IAT, jwt } from "../codex/fixtures.ts"

export const tempFolder = () => newFolder("pi")

/** A login as Pi 1.5.2 keeps it, in its own key order. */
export function entryOf(account: string, generation = 1) {
  return {
    type: "oauth",
    access: jwt(claims(account, { exp: EXP, iat: IAT + generation }), `at-${generation}`),
    refresh: `CANARY-rt-${account}-${generation}`,
    expires: EXP * 1_000,
    accountId: account,
  }
}

/** The vault's record of the same login, with what only Codex keeps of it. */
export function recordOf(account: string, generation = 1): JsonObject {
  const { access, refresh } = entryOf(account, generation)
  return {
    access: new Secret(access),
    refresh: new Secret(refresh),
    idToken: new Secret(jwt(claims(account), "id")),
    expiresAt: new Date(EXP * 1_000).toISOString(),
    accountId: account,
    tokensExtra: { login_owner_id: new Secret("CANARY-owner") },
  }
}

export function storeIn(home: string): Store {
  const file = join(home, "auth.json")
  return { target: "pi", home, realHome: home, file, appState: null, primary: true }
}

/** A Pi home with this `auth.json`: text, or a tree that is printed as Pi does; undefined: none. */
export function homeWith(auth: unknown): Store {
  const store = storeIn(join(tempFolder(), ".pi", "agent"))
  mkdirSync(store.home, { recursive: true, mode: 0o700 })
  if (auth === undefined) return store
  const text = typeof auth === "string" ? auth : JSON.stringify(auth, null, 2)
  writeFileSync(store.file, text, { mode: 0o600 })
  return store
}

export function textOf(store: Store): string {
  return readFileSync(store.file, "utf8")
}

export async function stampOf(store: Store): Promise<string | null> {
  const readback = await readStore(store)
  return "stamp" in readback ? readback.stamp : null
}
