import * as v from "valibot"
import { readText } from "../system/read-file.ts"

/** A profile as a browser of the Chrome family lists it; what is not known is null. */
export type ChromeProfile = {
  directory: string
  name: string | null
  email: string | null
  person: string | null
}

const text = v.fallback(v.nullable(v.string()), null)
const Entry = v.object({ name: text, user_name: text, gaia_name: text })
const LocalState = v.object({
  profile: v.object({ info_cache: v.record(v.string(), v.unknown()) }),
})
/** Real ones have up to a few megabytes, of other things. */
const LARGEST = 32 * 1024 * 1024

/** The profiles in `<dir>/Local State`; none where that is missing, broken or of another kind. */
export async function chromeProfiles(dir: string): Promise<ChromeProfile[]> {
  const file = await readText(`${dir}/Local State`, LARGEST)
  if (file.kind !== "text") return []
  const parsed = v.safeParse(LocalState, json(file.text))
  if (!parsed.success) return []
  return Object.entries(parsed.output.profile.info_cache).flatMap(([directory, value]) => {
    const entry = v.safeParse(Entry, value)
    if (!entry.success || !/^(?!\.{1,2}$)[^/\0]+$/.test(directory)) return []
    const { name, user_name, gaia_name } = entry.output
    return [{ directory, name: filled(name), email: filled(user_name), person: filled(gaia_name) }]
  })
}

/** Who is signed in in one profile of that folder; null where it does not say. */
export async function signedInAt(dir: string, directory: string): Promise<string | null> {
  const profile = (await chromeProfiles(dir)).find((each) => each.directory === directory)
  return profile?.email ?? profile?.person ?? null
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function filled(text: string | null): string | null {
  const trimmed = text?.trim() ?? ""
  return trimmed === "" ? null : trimmed
}
