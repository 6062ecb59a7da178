import { seal } from "../../system/secret.ts"
import { asObject } from "../document.ts"
import type { JsonObject } from "../login.ts"

/** What another program handed over as JSON: an object, its tokens sealed, or why it is none. */
export type WireJson =
  | { kind: "object"; object: JsonObject }
  | { kind: "fault"; why: "empty" | "cut_short" | "not_json" | "too_deep" | "not_object" }

/**
 * Reads JSON that came from elsewhere; lines before the one with which it begins (the greeting of a
 * login's shell) are passed over. Nothing of the text is in a fault.
 */
export function readWireJson(text: string): WireJson {
  if (text.trim() === "") return fault("empty")
  const begin = text.search(/^\s*\{/m)
  const body = begin < 0 ? text : text.slice(begin)
  try {
    const object = asObject(seal(JSON.parse(body)))
    return object === null ? fault("not_object") : { kind: "object", object }
  } catch (error) {
    if (error instanceof RangeError) return fault("too_deep")
    return fault(begin >= 0 && !body.trimEnd().endsWith("}") ? "cut_short" : "not_json")
  }
}

function fault(why: Extract<WireJson, { kind: "fault" }>["why"]): WireJson {
  return { kind: "fault", why }
}
