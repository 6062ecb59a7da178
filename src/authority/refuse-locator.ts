import { failUsage } from "../system/errors.ts"

const FORMS = "write it as user@host, user@host:path, ssh://host/path, or the path of a state file"

/** Stops (exit 2) because a text names no authority; the text itself is not repeated. */
export function refuseLocator(code: string, message: string, hint = FORMS): never {
  return failUsage(code, message, hint)
}
