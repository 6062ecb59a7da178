import * as v from "valibot"
import { CodexCredential } from "../domain/credential.ts"
import { anyObject, flagOrNull, said, text } from "../domain/schema-parts.ts"

// The state file as aim writes it: what a reader may rely on. What aim itself takes in is wider
// (shape.ts): another program may have left a record incomplete, and then it stays so. Unknown
// keys stand wherever the reference program keeps them.

const maybe = v.exactOptional(text)
const token = said(text, "a token: it is worth an account")

const Account = v.looseObject({
  provider: v.exactOptional(said(text, "`openai-codex` (also where none is named), `anthropic` …")),
  expect: v.exactOptional(v.looseObject({ email: maybe, workspace: maybe })),
  browser: v.exactOptional(v.nullable(v.looseObject({ mode: maybe, profileDirectory: maybe }))),
  reauth: v.exactOptional(v.looseObject({ mode: maybe, blockedReason: maybe })),
  pool: v.exactOptional(
    v.looseObject({ enabled: v.exactOptional(said(v.boolean(), "false: never chosen")) }),
  ),
})

/** Each key may be missing in a record that some program left incomplete. */
const CodexLogin = v.partial(CodexCredential)

const ClaudeLogin = v.looseObject({
  access: v.exactOptional(token),
  refresh: v.exactOptional(token),
  expiresAt: maybe,
  subscriptionType: v.nullish(text),
  rateLimitTier: v.nullish(text),
  scopes: v.exactOptional(v.array(text)),
  emailAddress: v.nullish(text),
  organizationName: v.nullish(text),
  organizationUuid: v.nullish(text),
  nativeClaudeBundle: v.exactOptional(
    said(anyObject, "Claude Code's own records, tokens among it"),
  ),
})

const Imported = v.looseObject({
  source: maybe,
  importedAt: maybe,
  labels: v.exactOptional(v.array(text)),
  labelsByName: v.exactOptional(
    v.record(
      text,
      v.looseObject({
        importedAt: maybe,
        dirtyLocal: v.exactOptional(v.boolean()),
        baseCredentialFingerprint: maybe,
      }),
    ),
  ),
})

const History = v.exactOptional(
  v.array(
    v.looseObject({
      observedAt: text,
      kind: said(text, "`selection`, `exhaustion` or `rebalance`"),
      hadSpareEligibleCapacity: v.exactOptional(flagOrNull),
    }),
  ),
)
const Demand = v.exactOptional(
  v.record(text, v.looseObject({ demandWeight: v.exactOptional(v.number()) })),
)
const receipt = v.exactOptional(said(anyObject, "see `aim schema receipt`"))

const client = { activeLabel: maybe, lastAppliedAt: maybe, lastSelectionReceipt: receipt }

const Targets = v.looseObject({
  codexCli: v.exactOptional(
    v.looseObject({
      ...client,
      homeDir: maybe,
      expectedAccountId: maybe,
      lastWatchReceipt: receipt,
      sourceHomes: v.exactOptional(
        said(v.record(text, v.looseObject({ label: text })), "remembered homes by real path"),
      ),
      switchIntent: v.exactOptional(
        said(anyObject, "a switch that was begun and not yet verified"),
      ),
      pruneIntents: v.exactOptional(
        said(anyObject, "by home: a login that is being taken out of it (`sync --prune-live`)"),
      ),
      orphanedLogins: v.exactOptional(
        said(anyObject, "by home: a login in it whose label is gone at its authority"),
      ),
    }),
  ),
  claudeCli: v.exactOptional(v.looseObject(client)),
  piCli: v.exactOptional(v.looseObject({ ...client, expectedAccountId: maybe })),
  openclaw: v.exactOptional(
    v.looseObject({
      assignments: v.exactOptional(v.record(text, text)),
      exclusions: v.exactOptional(v.record(text, v.unknown())),
      lastApplyReceipt: receipt,
    }),
  ),
})

/** A pair that failed a check, kept until the operator adopts or drops it. */
const Quarantined = v.looseObject({
  id: text,
  at: text,
  provider: text,
  label: v.nullable(text),
  reason: text,
  identity: said(text, "one line for people, no secrets"),
  credential: said(anyObject, "the login, or `{rawReply}` where nothing could be read"),
})

export const StateFile = v.pipe(
  v.looseObject({
    schemaVersion: v.literal("0.2"),
    accounts: said(v.record(text, Account), "by label"),
    credentials: v.looseObject({
      "openai-codex": v.exactOptional(v.record(text, CodexLogin)),
      anthropic: v.exactOptional(v.record(text, ClaudeLogin)),
    }),
    imports: v.looseObject({
      authority: v.exactOptional(
        v.looseObject({ codex: v.exactOptional(Imported), anthropic: v.exactOptional(Imported) }),
      ),
    }),
    pool: v.looseObject({
      openaiCodex: v.exactOptional(
        v.looseObject({
          history: History,
          agentDemand: Demand,
          hermesFleet: v.exactOptional(v.looseObject({ demandByHome: Demand })),
        }),
      ),
      anthropic: v.exactOptional(v.looseObject({ history: History })),
    }),
    targets: Targets,
    quarantine: v.exactOptional(v.array(Quarantined)),
  }),
  v.title("~/.aimgr/secrets.json"),
  v.description("aim's state file, schema 0.2. It holds tokens: keep it to yourself."),
)
