import * as v from "valibot"
import { isoTime } from "../../system/time.ts"
import { asObject, type Document } from "../document.ts"
import { asLabel } from "../label.ts"
import type { JsonObject } from "../login.ts"
import type { ProviderId } from "../provider-id.ts"
import { type Offer, offerOf, portableAccount, portableCredential } from "./portable.ts"

/** What `aim internal export` prints. */
const EXPORT_KIND = "aim.export.v1"

const Records = v.record(
  v.pipe(
    v.string(),
    v.check((name) => asLabel(name) === name, "is no label"),
  ),
  v.custom<JsonObject>((value) => asObject(value) !== null),
)
const Export = v.looseObject({
  kind: v.literal(EXPORT_KIND),
  aim: v.string(),
  provider: v.string(),
  accounts: Records,
  credentials: Records,
})

/** What one machine offers another of one provider: its portable records, sealed, and who says so. */
export function exportDocument(
  document: Document,
  provider: ProviderId,
  { version, at }: { version: string; at: number },
): JsonObject {
  const { accounts, credentials } = offerOf(document, provider)
  return {
    kind: EXPORT_KIND,
    schemaVersion: 1,
    aim: version,
    provider,
    exportedAt: isoTime(at),
    accounts,
    credentials,
  }
}

export type ReadExport =
  | { kind: "export"; version: string; offer: Offer }
  | { kind: "newer" }
  | { kind: "unknown" }

/**
 * An export that came from elsewhere. Only what an offer holds is taken out of it, whatever else
 * stands there; one of another provider, and one that does not keep to its form, are `unknown`.
 */
export function readExport(object: JsonObject, provider: ProviderId): ReadExport {
  const { kind } = object
  if (typeof kind === "string" && kind !== EXPORT_KIND && /^aim\.export\.v\d+$/.test(kind))
    return { kind: "newer" }
  const parsed = v.safeParse(Export, object)
  if (!parsed.success || parsed.output.provider !== provider) return { kind: "unknown" }
  const { accounts, credentials, aim } = parsed.output
  const own = Object.entries(accounts).filter(([, account]) => account.provider === provider)
  const labels = new Set(own.map(([label]) => label))
  const held = Object.entries(credentials).filter(([label]) => labels.has(label))
  return {
    kind: "export",
    version: aim,
    offer: {
      accounts: Object.fromEntries(
        own.map(([label, account]) => [label, portableAccount(provider, account)]),
      ),
      credentials: Object.fromEntries(
        held.map(([label, record]) => [label, portableCredential(provider, record)]),
      ),
    },
  }
}
