import { Secret } from "../../system/secret.ts"
import { credentialRecord, type Document } from "../document.ts"
import type { Label } from "../label.ts"
import type { JsonObject, Login } from "../login.ts"
import { type ClaudeBundle, expiryOf, recordFields, textIn } from "./bundle.ts"
import { claudeIdentity } from "./identity.ts"

/** The reference's summary of whose login a bundle is; null where nothing says. */
export type NativeAccount = {
  emailAddress: string | null
  organizationName: string | null
  organizationUuid: string | null
}

/** A bundle, its tokens sealed, as a login. */
export function claudeLogin(bundle: ClaudeBundle): Login {
  const { accessToken, refreshToken } = bundle.claudeAiOauth
  return {
    provider: "anthropic",
    access: asSecret(accessToken),
    refresh: asSecret(refreshToken),
    expiresAt: expiryOf(bundle.claudeAiOauth),
    identity: claudeIdentity(bundle),
    fields: recordFields(bundle),
  }
}

/** Whose login a Claude label stores. */
export function nativeAccount(document: Document, label: Label): NativeAccount {
  return nativeAccountOf(credentialRecord(document, "anthropic", label) ?? {})
}

/** Whose login a record stores, or the fields are that a login brings into one. */
export function nativeAccountOf(record: JsonObject): NativeAccount {
  return {
    emailAddress: textIn(record, "emailAddress"),
    organizationName: textIn(record, "organizationName"),
    organizationUuid: textIn(record, "organizationUuid"),
  }
}

function asSecret(token: unknown): Secret {
  return token instanceof Secret ? token : new Secret("")
}
