import type { LoginResult } from "../operations/login.ts"
import { warningLines } from "./findings.ts"
import { fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { storeLines } from "./stores.ts"

const HOW: Record<LoginResult["how"], (label: string) => string> = {
  refreshed: (label) => `${label} is ready: its login was renewed, nobody had to log in`,
  captured: (label) => `${label} is ready: a client had renewed its login, which was taken in`,
  logged_in: (label) => `${label} is ready: logged in`,
}

/** `aim login` for a person. */
export function loginLines(result: LoginResult, frame: Frame): string[] {
  const { label, how, identity, authorityPromotion, stores, warnings } = result
  const pending = authorityPromotion?.status === "pending_publish"
  return [
    plain(HOW[how](label)),
    ...fields(
      [
        ["account", identity],
        ["authority", pending ? "does not know of this login yet" : null],
      ],
      frame,
      "  ",
    ),
    ...storeLines(stores, frame).map((line) => `  ${line}`),
    ...warningLines(warnings, frame),
  ]
}
