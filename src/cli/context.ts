import { frameOf } from "../render/layout/frame.ts"
import { failUsage } from "../system/errors.ts"
import { type Homes, resolveHomes } from "../system/homes.ts"
import { terminal } from "../system/terminal.ts"
import { addressOf } from "./address.ts"
import type { Context } from "./command.ts"
import { conversationWith } from "./conversation.ts"

type Flags = ReadonlyMap<string, string | true>

/** What a command is given, from the global flags and from where aim was started. */
export async function contextOf(flags: Flags, json: boolean): Promise<Context> {
  const seat = terminal()
  const homes = homesOf(flags)
  return {
    homes,
    address: addressOf(flags),
    json,
    conversation: await conversationWith(seat, json),
    render: frameOf(seat, colorChoice(flags)),
  }
}

/** The homes that the global flags and the environment choose. */
export function homesOf(flags: Flags): Homes {
  return resolveHomes({ home: text(flags, "home"), state: text(flags, "state") })
}

function text(flags: Flags, name: string): string | undefined {
  const value = flags.get(name)
  return typeof value === "string" ? value : undefined
}

function colorChoice(flags: Flags): { color?: boolean } {
  if (flags.has("color") && flags.has("no-color"))
    failUsage("conflicting_flags", "`--color` and `--no-color` exclude each other", "choose one")
  if (flags.has("color")) return { color: true }
  return flags.has("no-color") ? { color: false } : {}
}
