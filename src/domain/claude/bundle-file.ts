import * as v from "valibot"
import { fail } from "../../system/errors.ts"
import { Secret, seal, unseal } from "../../system/secret.ts"
import { isoTime } from "../../system/time.ts"
import { asObject } from "../document.ts"
import { describeIdentity } from "../identity.ts"
import type { JsonObject } from "../login.ts"
import { asProviderId } from "../provider-id.ts"
import { bundleOf, type ClaudeBundle, expiryOf, missingFrom, normalised } from "./bundle.ts"
import { claudeIdentity, contradicts } from "./identity.ts"

/** The latest time that there is an ISO text for. */
const LAST_TIME = 8_640_000_000_000_000

/**
 * The reference program's file for one native Claude login (aimgr 4404b27 §2.4), version 1, as aim
 * writes it; `labelHint` and keys of others may stand beside these.
 */
const ClaudeBundleFile = v.looseObject({
  version: v.literal(1),
  provider: v.literal("anthropic"),
  exportedAt: v.optional(v.string()),
  sourceHome: v.optional(v.string()),
  labelHint: v.optional(v.string()),
  nativeClaudeBundle: v.object({
    claudeAiOauth: v.looseObject({}),
    oauthAccount: v.looseObject({}),
  }),
})

/** The whole text of a bundle file for the bundle in a record, or in the fields of a login. */
export function bundleFileText(
  record: JsonObject,
  { at, sourceHome }: { at: number; sourceHome: string },
): Secret {
  const bundle = bundleOf(record)
  const file = {
    version: 1,
    provider: "anthropic",
    exportedAt: isoTime(at),
    sourceHome,
    nativeClaudeBundle: bundle === null ? null : unseal(normalised(bundle)),
  }
  return new Secret(`${JSON.stringify(file, null, 2)}\n`)
}

/**
 * The login in the text of a bundle file, tokens sealed. Stops with an error of its own for each
 * fault, naming `file` and the place in it; nothing of the text is repeated but whose login it is.
 */
export function parseBundleFile(text: Secret, file: string): ClaudeBundle {
  const value = objectIn(text, file)
  if (value.version !== 1) return refuseVersion(value.version, file)
  if (asProviderId(value.provider) !== "anthropic")
    return fail(
      "bundle_wrong_provider",
      `${file} is no native Claude bundle: its \`provider\` is not \`anthropic\``,
      "only logins of Claude Code can be imported this way",
    )
  const parsed = v.safeParse(ClaudeBundleFile, { ...value, provider: "anthropic" })
  if (!parsed.success) {
    const place = v.getDotPath(parsed.issues[0]) ?? "nativeClaudeBundle"
    return refuseIncomplete(file, [place])
  }
  const { claudeAiOauth, oauthAccount } = parsed.output.nativeClaudeBundle
  const bundle = { claudeAiOauth, oauthAccount }
  const missing = missingFrom(bundle)
  if ((expiryOf(claudeAiOauth) ?? 0) > LAST_TIME) missing.push("claudeAiOauth.expiresAt")
  if (missing.length > 0)
    return refuseIncomplete(
      file,
      missing.map((key) => `nativeClaudeBundle.${key}`),
    )
  return contradicts(bundle) ? refuseContradiction(bundle, file) : bundle
}

/** True for a text that is such a file, whole or not: writing over it costs nobody another file. */
export function isBundleFile(text: Secret): boolean {
  try {
    const value = asObject(JSON.parse(text.reveal()))
    return value !== null && asObject(value.nativeClaudeBundle) !== null
  } catch {
    return false
  }
}

function objectIn(text: Secret, file: string): JsonObject {
  let value: unknown
  try {
    value = seal(JSON.parse(text.reveal()))
  } catch {
    return fail(
      "bundle_not_json",
      `${file} is not valid JSON`,
      "is it a file that `aim claude export-live` made, and is it whole?",
    )
  }
  const object = asObject(value)
  return object ?? fail("bundle_not_an_object", `${file} holds no JSON object`, EXPORT)
}

const EXPORT = "make one with `aim claude export-live --out <file>` where Claude Code is logged in"

/** The reference's words; a version is only repeated where it is a number. */
function refuseVersion(version: unknown, file: string): never {
  const said = typeof version === "number" ? String(version) : "none that is a number"
  return fail(
    "bundle_version_unsupported",
    `Unsupported native Claude bundle file version in ${file}: ${said}.`,
    typeof version === "number" && version > 1 ? "use a newer aim" : EXPORT,
  )
}

function refuseIncomplete(file: string, places: readonly string[]): never {
  return fail(
    "bundle_incomplete",
    `${file} holds no complete native Claude login: ${places.join(", ")} ${places.length === 1 ? "is" : "are"} missing or not usable`,
    EXPORT,
  )
}

function refuseContradiction(bundle: ClaudeBundle, file: string): never {
  const byTokens = describeIdentity(claudeIdentity({ ...bundle, oauthAccount: {} }))
  const byAccount = describeIdentity(claudeIdentity({ ...bundle, claudeAiOauth: {} }))
  return fail(
    "identity_contradiction",
    `${file} contradicts itself: its tokens are those of ${byTokens}, its oauthAccount is ${byAccount}`,
    "log in to Claude Code again where it came from, and export it anew",
  )
}
