import type { Finding } from "../../domain/receipt.ts"

/** Findings that carry the reference's fields only, in a sentence each. */
const SENTENCES: Readonly<Record<string, (finding: Finding) => string>> = {
  missing_credentials: ({ label }) => `\`${text(label)}\` has no login stored`,
  credentials_expired: ({ label }) => `the access token of \`${text(label)}\` has expired`,
  token_invalid_or_expired: ({ label }) =>
    `the issuer refused the access token of \`${text(label)}\``,
  account_id_collision: ({ labels, accountId }) =>
    `${list(labels)} are seats of one workspace (${text(accountId)}); aim tells them apart by user`,
  quarantine_not_empty: ({ count }) =>
    count === 1
      ? "1 login that failed a check is kept in quarantine"
      : `${text(count)} logins that failed a check are kept in quarantine`,
}

/** A finding as a sentence: its own detail, else what its kind means. */
export function findingText(finding: Finding): string {
  if (typeof finding.detail === "string") return finding.detail
  return SENTENCES[finding.kind]?.(finding) ?? bare(finding)
}

/** The way out of a finding, or null. */
export function findingHint({ hint }: Finding): string | null {
  return typeof hint === "string" && hint !== "" ? hint : null
}

/** A kind that nobody has put in words yet still names its label. */
function bare({ kind, label }: Finding): string {
  const words = kind.replaceAll("_", " ")
  return typeof label === "string" ? `${words}: \`${label}\`` : words
}

function list(value: unknown): string {
  return Array.isArray(value) ? value.map((each) => `\`${text(each)}\``).join(", ") : ""
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "?"
}
