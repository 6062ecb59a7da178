import * as v from "valibot"
import { asLabel } from "../domain/label.ts"

/** The containers that aim relies on, by type; keys it does not know may hold anything. */
const object = v.custom<object>(isObject, "must be an object")
const list = v.array(v.unknown(), "must be a list")

/** An object with some known keys, none of which must be there. */
function container<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.optional(v.pipe(object, v.looseObject(entries)))
}

/**
 * An object whose every value is an object. `v.record` would pass over keys such as
 * `constructor` and `__proto__`, and labels may be named so.
 */
const objectOfObjects = v.optional(
  v.pipe(
    object,
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return
      for (const [key, value] of Object.entries(dataset.value)) {
        if (isObject(value)) continue
        const path: [v.ObjectPathItem] = [
          { type: "object", origin: "value", input: {}, key, value: null },
        ]
        addIssue({ message: "must be an object", path })
      }
    }),
  ),
)

const imported = container({ labels: v.optional(list), labelsByName: objectOfObjects })

const Shape = v.looseObject({
  accounts: objectOfObjects,
  credentials: container({ "openai-codex": objectOfObjects, anthropic: objectOfObjects }),
  imports: container({ authority: container({ codex: imported, anthropic: imported }) }),
  pool: container({
    openaiCodex: container({
      history: v.optional(list),
      agentDemand: v.optional(object),
      hermesFleet: container({ demandByHome: v.optional(object) }),
    }),
    anthropic: container({ history: v.optional(list) }),
  }),
  targets: container({
    openclaw: container({ assignments: v.optional(object), exclusions: v.optional(object) }),
    codexCli: container({}),
    claudeCli: container({}),
    piCli: container({}),
  }),
  quarantine: v.optional(v.pipe(list, v.everyItem(isObject, "must hold objects only"))),
})

/**
 * What is wrong with the containers of a state file, as `accounts.boss must be an object`, or
 * null. Values are never named, and keys only when they are aim's own or labels.
 */
export function findShapeFault(tree: object): string | null {
  const result = v.safeParse(Shape, tree, { abortEarly: true })
  const issue = result.issues?.[0]
  if (issue === undefined) return null
  const path = (issue.path ?? []).map((item) => nameable(item.key)).join(".")
  return `\`${path}\` ${issue.message}`
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

const OWN_KEYS = /^(openaiCodex|agentDemand|hermesFleet|demandByHome|labelsByName|\w+Cli)$/

function nameable(key: unknown): string {
  const text = String(key)
  if (OWN_KEYS.test(text)) return text
  return asLabel(text) === text && text.length <= 40 ? text : "…"
}
