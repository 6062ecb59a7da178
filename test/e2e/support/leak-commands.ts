/** What a user types at a pool of boss and qa, the ways that fail among it. */
export const EVERYDAY = [
  "status",
  "status --json",
  "status --live",
  "why",
  "why --json",
  "codex show",
  "codex show --json",
  "account list",
  "account list --json",
  "account show boss",
  "account show boss --json",
  "account expect boss --email boss@example.test",
  "account expect boss --email nobody@example.test --json",
  "account expect boss --clear",
  "codex use",
  "codex use --json",
  "codex use --dry-run --json",
  "codex use --next",
  "codex use --next --json",
  "refresh boss",
  "refresh boss --force",
  "refresh --all --force --json",
  "refresh nobody",
  "login boss --device-code --timeout 1 --json",
  "login third --provider codex --device-code --timeout 1",
  "quarantine list",
  "quarantine list --json",
  "quarantine adopt zz boss",
  "quarantine drop zz --yes",
  "account disable boss",
  "account enable boss",
  "account rename boss chief --yes",
  "account rename chief boss --yes",
  "account remove boss",
  "codex forget-home /nowhere",
  "history",
  "history --json",
  "history show 1",
  "history show 1 --json",
  "history show zz",
  "restore",
  "restore --json",
  "restore zz --yes",
  "schema state",
  "schema zz",
  "completions bash",
  "completions zz",
  "__complete zsh account show b",
  "__complete zsh quarantine drop z",
  "__complete zsh history show 1",
  "codex use boss",
  "codex capture qa --bogus",
  "boss",
  "nonsense --json",
]

/** What takes logins in, puts them aside and lets them go; `entry` is a kept login's id. */
export function takings(entry: string): string[] {
  return [
    "quarantine list",
    "quarantine list --json",
    `quarantine adopt ${entry} boss`,
    `quarantine adopt ${entry} thief --json`,
    "codex capture thief --source-home logins/thief",
    "codex capture boss --source-home logins/thief --json",
    "codex use --adopt thief --json",
    "account add lessons --json",
    "account remove thief --yes --json",
    "codex forget-home logins/qa --json",
    "account remove qa --yes",
    "refresh --all --force",
    "login fourth --provider codex --timeout 1",
    "login fifth --provider codex --manual",
  ]
}

/** What brings old logins back out of a backup, by the backup's name. */
export function bringings(backup: string): string[] {
  return [
    "restore --json",
    `restore ${backup}`,
    `restore ${backup} --yes`,
    `restore ${backup} --yes --with-tokens --json`,
    "history --json",
  ]
}

/** What needs no pool: its own test runs it. */
export const ALONE = ["demo"]
