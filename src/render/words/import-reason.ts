import type { ImportItem, ImportReason, ImportSetting } from "../../domain/import/plan.ts"

/** One phrase a reason; a new one does not compile until it has its own. */
const PHRASES: Record<ImportReason, string> = {
  new: "new",
  new_without_login: "new, without a login there",
  newer_there: "a newer login is there",
  login_there: "there is a login now",
  completed: "the same login, which is whole there",
  account_changed_there: "another account's login is there",
  discarded_here: "the login here is given up and goes to quarantine",
  same: "the same login",
  no_login: "there is no login yet",
  newer_here: "the login here is newer than the one there",
  no_login_there: "there is no login any more; the one here stays",
  other_authority: "it came from another authority; it is a label of this machine now",
  removed_there: "it is gone there",
  removed_there_discarded: "it is gone there; the login here goes to quarantine",
  authority_would_overwrite_local_update: "the login has changed here and there",
  removed_from_authority: "it is gone there, and its login has changed here",
  label_of_other_provider: "a label of another provider has this name here",
  another_account: "the login here is another account's",
  identity_unknown: "whether both logins are one account's can't be told",
  login_only_here: "it has a login here and none there",
  login_already_labelled: "another label here has this login",
}

const SETTINGS: Record<ImportSetting, string> = {
  disabled_there: "it leaves the pool, as there",
  enabled_there: "it is in the pool again, as there",
  expectation_there: "whom it expects changes, as there",
}

/** What an import does with a label, and why, in words. */
export function importReasonText({ reason, other, dirty, from, settings }: ImportItem): string {
  const which = other === undefined ? "" : ` (\`${other}\`)`
  return [
    `${PHRASES[reason]}${which}`,
    ...(from === undefined ? [] : [`it was called \`${from}\` until now`]),
    ...settings.map((setting) => SETTINGS[setting]),
    ...(dirty ? ["not promoted yet"] : []),
  ].join("; ")
}
