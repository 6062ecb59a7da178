import { parseIso } from "../../system/time.ts"
import { type Document, labelsOf } from "../document.ts"
import type { Label } from "../label.ts"
import type { Login } from "../login.ts"
import { comparePairs, type Pair, type PairRelation } from "../pair.ts"
import type { Readback } from "../store.ts"
import { storedLogin } from "../stored-login.ts"

/** The label that a login in a store belongs to, and how its pair stands to the vault's. */
export type Owner = { label: Label; relation: Exclude<PairRelation, "blank" | "stranger"> }

const CERTAINTY: readonly Owner["relation"][] = ["same", "older", "newer", "conflict"]

/**
 * Whose login this is: token equality first, then the former pairs, then the identity. Where one
 * identity stands under two labels, `prefer` (the active or remembered label) wins, else the
 * first in label order.
 */
export function ownerOf(
  document: Document,
  login: Login,
  prefer: Label | null = null,
): Owner | null {
  const owners = labelsOf(document, login.provider).flatMap((label): Owner[] => {
    const relation = relationTo(document, label, login)
    return relation === null || relation === "blank" || relation === "stranger"
      ? []
      : [{ label, relation }]
  })
  for (const relation of CERTAINTY) {
    const alike = owners.filter((owner) => owner.relation === relation)
    const owner = alike.find(({ label }) => label === prefer) ?? alike[0]
    if (owner !== undefined) return owner
  }
  return null
}

/**
 * Whose login a store holds. Where its tokens and what stands beside them name two accounts, a pair
 * that nobody knows is neither's: a conflict, never taken in unasked. So is a Claude login without an
 * expiry: Claude Code would take it, aim could not write it back.
 */
export function ownerOfReadback(
  document: Document,
  readback: Readback,
  prefer: Label | null = null,
): Owner | null {
  if (readback.kind !== "login") return null
  const owner = ownerOf(document, readback.login, prefer)
  const { login, contradiction } = readback
  const isWhole = login.provider !== "anthropic" || login.expiresAt !== null
  if (owner?.relation !== "newer" || (contradiction === undefined && isWhole)) return owner
  return { ...owner, relation: "conflict" }
}

/** How a login's pair stands to what one label stores; null when the label has no usable login. */
export function relationTo(document: Document, label: Label, login: Login): PairRelation | null {
  const stored = storedLogin(document, { provider: login.provider, label })
  return stored === null ? null : comparePairs(stored, livePair(login))
}

/**
 * The other labels that this login could be the next pair of just as well: one identity that stands
 * under several labels, as a hand-made state file can have it.
 */
export function rivalsOf(document: Document, label: Label, login: Login): Label[] {
  return labelsOf(document, login.provider).filter(
    (other) => other !== label && relationTo(document, other, login) === "newer",
  )
}

/** A login as a pair that can be compared with others. */
export function livePair(login: Login): Pair {
  return { ...login, refreshedAt: parseIso(login.fields.lastRefresh) }
}
