import * as v from "valibot"

const base = {
  /** The path it acts on, as in the request line, or `*`. */
  path: v.string(),
  /** Only requests of this account; absent: of anyone. */
  account: v.exactOptional(v.string()),
  /** How many requests it acts on; absent: all until it is removed. */
  times: v.exactOptional(v.number()),
  /** How many matching requests pass before it begins. */
  after: v.exactOptional(v.number()),
  /**
   * Whether the request takes effect all the same (its refresh token is spent, its usage is
   * read): the default is yes for faults that spoil the reply and no for those that stand in
   * its place.
   */
  handled: v.exactOptional(v.boolean()),
}

const headers = v.exactOptional(v.record(v.string(), v.string()))
const shape = <const K extends string, E extends v.ObjectEntries>(kind: K, entries: E) =>
  v.strictObject({ ...base, kind: v.literal(kind), ...entries })

/** One way to misbehave. Several that match one request act together, in the order added. */
export const Fault = v.variant("kind", [
  /** In place of the reply: a status with headers (`Retry-After`) and a JSON body. */
  shape("status", { status: v.number(), headers, body: v.exactOptional(v.unknown()) }),
  /** A 200 with a page, as a captive portal sends. */
  shape("html", {}),
  shape("redirect", { location: v.string(), status: v.exactOptional(v.number()) }),
  /** No answer until the client goes or the simulator stops. */
  shape("hang", {}),
  /** The answer waits for `release()`: for tests that must act while a request is in flight. */
  shape("hold", {}),
  shape("delay", {
    headersMs: v.exactOptional(v.number()),
    bodyMs: v.exactOptional(v.number()),
  }),
  shape("cut", { at: v.picklist(["before_reply", "half_body"]) }),
  /** Half of the JSON and then noise, as if complete. */
  shape("garbled", {}),
  /** The good body, gzip-encoded whether the client asked or not. */
  shape("gzip", {}),
  /** Says gzip, and is not. */
  shape("gzip_garbage", {}),
  /** Wrong types and lying numbers: dotted paths set in the JSON body. */
  shape("set", { values: v.record(v.string(), v.unknown()) }),
  /** Keys taken out of the JSON body, by dotted path. */
  shape("drop", { keys: v.array(v.string()) }),
  /** A refresh answered with the tokens of another account. */
  shape("other_account", { as: v.string() }),
  /** The good JSON with that many bytes of padding before it (default 50 MB). */
  shape("huge", { bytes: v.exactOptional(v.number()) }),
  shape("drip", { bytes: v.number(), everyMs: v.number() }),
])
export type Fault = v.InferOutput<typeof Fault>
export type FaultKind = Fault["kind"]

const inPlaceOfTheReply: readonly FaultKind[] = ["status", "html", "redirect", "hang"]

/** Whether the request still takes effect under this fault. */
export function letsRequestThrough(fault: Fault): boolean {
  return fault.handled ?? !inPlaceOfTheReply.includes(fault.kind)
}

export type Faults = ReturnType<typeof createFaults>

/** The faults in force, in the order added, each with what is left of it. */
export function createFaults() {
  const active: { id: number; fault: Fault; toSkip: number; left: number }[] = []
  let lastId = 0
  return {
    /** Returns an id for `remove`. */
    add(fault: Fault): number {
      const id = ++lastId
      active.push({ id, fault, toSkip: fault.after ?? 0, left: fault.times ?? Infinity })
      return id
    },
    remove(id: number): void {
      const at = active.findIndex((row) => row.id === id)
      if (at >= 0) active.splice(at, 1)
    },
    clear(): void {
      active.length = 0
    },
    /** The faults that act on this request; each is used up by one. */
    take(path: string, account: string | null): Fault[] {
      const taken: Fault[] = []
      for (const row of active) {
        const { fault } = row
        if (fault.path !== "*" && fault.path !== path) continue
        if (fault.account !== undefined && fault.account !== account) continue
        if (row.toSkip > 0) row.toSkip -= 1
        else if (row.left > 0) {
          row.left -= 1
          taken.push(fault)
        }
      }
      return taken
    },
  }
}
