import { labelForLogin } from "../../domain/adopt/new-account.ts"
import type { Conversation } from "../../domain/conversation.ts"
import { asObject, type Document, providerOf } from "../../domain/document.ts"
import { type Label, parseLabel } from "../../domain/label.ts"
import { PROVIDER_CHOICES, providerMeant } from "../../domain/provider-choices.ts"
import type { ProviderId } from "../../domain/provider-id.ts"
import { fail, failUsage } from "../../system/errors.ts"

/** The label to log in: one that there is, whatever it is called, or a name that a new one may bear. */
export function labelToLogIn(document: Document, typed: string): Label {
  const label = parseLabel(typed)
  return Object.hasOwn(document.accounts, label) ? label : labelForLogin(document, typed)
}

/** The issuer to log in at: the label's own; of a new label the one named, else a person is asked. */
export async function providerToLogIn(
  document: Document,
  label: Label,
  named: ProviderId | null,
  talk: Conversation,
): Promise<ProviderId> {
  const account = asObject(document.accounts[label])
  const own = account === null ? null : providerOf(account)
  if (own !== null && named !== null && own !== named)
    failUsage("wrong_provider", `\`${label}\` is a label of ${own}`, "leave out --provider")
  return own ?? named ?? (await ask(label, talk))
}

async function ask(label: Label, talk: Conversation): Promise<ProviderId> {
  if (!talk.attended) {
    return failUsage(
      "provider_needed",
      `\`${label}\` is a new label: say whose login it is to have`,
      `aim login ${label} --provider openai-codex`,
    )
  }
  for (;;) {
    talk.tell(`\`${label}\` is a new label. Whose login will it have?`)
    talk.tell("  1 openai-codex")
    talk.tell("  2 anthropic")
    const answer = await talk.line(new AbortController().signal)
    if (answer === null) return fail("declined", "nothing was changed", "name one with --provider")
    const provider = providerMeant(answer)
    if (provider !== null) return provider
    talk.tell(`That is none of: ${PROVIDER_CHOICES}.`)
  }
}
