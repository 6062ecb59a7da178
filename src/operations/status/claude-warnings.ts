import { activeLabel, type Document, labelsOf } from "../../domain/document.ts"
import type { Finding } from "../../domain/receipt.ts"
import { setAside } from "../../domain/shell-word.ts"
import type { Held } from "../../pool/stores.ts"
import type { Target } from "../../targets/target.ts"
import type { ClaudeStatus } from "./claude.ts"
import { clientWarnings, type Mismatch } from "./client-warnings.ts"

/**
 * What in Claude Code's home the operator should know, in the reference's kinds (aimgr 4404b27
 * §2.11). Whoever has no Claude label is told nothing: that home is none of aim's then.
 */
export async function claudeWarnings(
  target: Target,
  document: Document,
  stores: readonly Held[],
  block: ClaudeStatus,
): Promise<Finding[]> {
  const active = activeLabel(document, target.vaultKey)
  if (active === null && labelsOf(document, target.provider).length === 0) return []
  const found = await clientWarnings(target, document, stores, claudeMismatches(block))
  const { authStatus, authOverrideEnv } = block
  return found.map((finding) =>
    finding.kind === "claude_target_env_override"
      ? { ...finding, authMethod: authStatus.authMethod, env: authOverrideEnv }
      : finding,
  )
}

/** How the files differ from what the last switch left there, in the reference's order. */
function claudeMismatches(block: ClaudeStatus): Mismatch[] {
  return [...missingParts(block), ...wrongPerson(block), ...wrongLogin(block)]
}

function missingParts({ readback }: ClaudeStatus): Mismatch[] {
  const { credentials, appState, credentialsPath, appStatePath } = readback
  const found: Mismatch[] = []
  if (credentials.ok && !credentials.providerEntryPresent)
    found.push({
      kind: "missing_provider_entry",
      detail: `${credentialsPath} has no \`claudeAiOauth\``,
    })
  if (!appState.exists)
    found.push({ kind: "missing_app_state", detail: `${appStatePath} is not there` })
  if (appState.error !== null && credentials.error !== null)
    found.push({
      kind: "app_state_unreadable",
      detail: appState.error,
      hint: `look at it, or set it aside (${setAside(appStatePath, "broken")})`,
    })
  if (appState.ok && !appState.oauthAccountPresent)
    found.push({
      kind: "missing_oauth_account",
      detail: `${appStatePath} has no \`oauthAccount\``,
    })
  return found
}

function wrongPerson(block: ClaudeStatus): Mismatch[] {
  const { expectedOrganizationUuid, actualOrganizationUuid } = block
  const byUuid = expectedOrganizationUuid !== null && actualOrganizationUuid !== null
  return [
    ...differing(
      "subscription",
      "a subscription",
      block.expectedSubscriptionType,
      block.actualSubscriptionType,
    ),
    ...differing(
      "email",
      "the login of",
      block.expectedEmailAddress?.toLowerCase() ?? null,
      block.actualEmailAddress?.toLowerCase() ?? null,
    ),
    // An organisation that was given another name is the same one.
    ...(byUuid
      ? differing(
          "organization",
          "a login of organisation",
          expectedOrganizationUuid,
          actualOrganizationUuid,
        )
      : differing(
          "organization",
          "a login of organisation",
          block.expectedOrganizationName,
          block.actualOrganizationName,
        )),
  ]
}

function differing(
  what: string,
  phrase: string,
  expected: string | null,
  actual: string | null,
): Mismatch[] {
  if (expected === null || actual === null || expected === actual) return []
  return [
    {
      kind: `${what}_mismatch`,
      detail: `Claude Code holds ${phrase} \`${actual}\`, the last switch was to \`${expected}\``,
      expected,
      actual,
    },
  ]
}

function wrongLogin({ authStatus, readback }: ClaudeStatus): Mismatch[] {
  const { ok, loggedIn, authMethod, error } = authStatus
  if (!ok)
    return [
      {
        kind: "status_unreadable",
        status: error,
        detail: "what Claude Code is logged in with can't be read",
      },
    ]
  if (loggedIn !== false) return []
  const blank = readback.holds === "blank" && readback.credentials.providerEntryPresent
  return [
    {
      kind: "not_logged_in",
      detail: blank
        ? "Claude Code has emptied its login: the issuer refused it"
        : "Claude Code is not logged in",
    },
    {
      kind: "auth_method_mismatch",
      authMethod,
      detail: `Claude Code would use \`${authMethod}\`, not a Claude login`,
    },
  ]
}
