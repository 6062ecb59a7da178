import type { Restoration, RestoredLabel } from "../../domain/restore.ts"
import type { Present } from "../../vault/present.ts"

/** What a restore does, a sentence an item; said before it is done, and after. */
export function touchesOf(
  { labels, gone, aside }: Restoration,
  present: Present,
  withTokens: boolean,
): string[] {
  const isOld = (one: RestoredLabel) => withTokens && one.source === "backup"
  return [
    ...labels.map((one) => loginText(one, isOld(one))),
    ...gone.map((label) => `\`${label}\` is not in the backup: the label goes`),
    ...aside.map(
      ({ label, identity }) => `the present login of \`${label}\` (${identity}) goes to quarantine`,
    ),
    ...(labels.some(isOld)
      ? ["tokens out of a backup are probably spent; a client that holds newer ones keeps them"]
      : []),
    ...presentText(present),
  ]
}

function loginText({ label, source, store }: RestoredLabel, isOld: boolean): string {
  switch (source) {
    case "same":
      return `\`${label}\` keeps its login, which is the backup's`
    case "present":
      return `\`${label}\` keeps its present login, which is newer than the backup's`
    case "quarantine":
      return `\`${label}\` gets its login out of quarantine, which is newer than the backup's`
    case "store":
      return `\`${label}\` gets the login in ${store}, which is the newest`
    case "backup":
      return isOld
        ? `\`${label}\` gets the backup's login, whatever is newer`
        : `\`${label}\` gets the backup's login: none is newer`
  }
}

function presentText(present: Present): string[] {
  switch (present.kind) {
    case "absent":
      return []
    case "good":
      return ["the present file is kept as a backup"]
    case "refused":
      return present.document === null
        ? ["the present file can't be read; it is kept under another name"]
        : [
            "the present file is kept under another name; its logins can be read, the rest is not used",
          ]
  }
}
