import { type ArgsDef, defineCommand, type ParsedArgs, runCommand } from "citty"
import type { Conversation } from "../domain/conversation.ts"
import type { Frame } from "../render/layout/frame.ts"
import type { Problem } from "../system/errors.ts"
import type { Homes } from "../system/homes.ts"
import type { Address } from "./address.ts"

/** What every command is given beside its own arguments. */
export type Context = {
  homes: Homes
  /** Makes the commands in a text reach these homes; every Output is addressed when it is printed. */
  address: Address
  /** True when one JSON document is wanted; a command need not look, its Output has both. */
  json: boolean
  conversation: Conversation
  render: Frame
}

/** What a command comes to: lines for people, a document for programs, and the exit code. */
export type Output = { text: readonly string[]; json: object; exit: 0 | 1 }

/** What a command tells piece by piece; a failure is thrown. `exit`: the code when all is told (0). */
export type Stream = { lines: AsyncIterable<string>; exit?: () => 0 | 1 }

/** What the help page and the fence need to know; name and summary stand in the table. */
export type Meta = {
  /** One command line that can be typed as it stands. */
  example: string
  /** A paragraph for the help page, a string a line. */
  details?: readonly string[]
  /** A command that changes something prints JSON as soon as its output is not a terminal. */
  mutates?: boolean
  /** What to say to a word too many; `many`: the last one may be given any number of times. */
  extraWord?: Problem | "many"
}

/** A command behind the fence: `invoke` takes words that the fence has checked and ordered. */
export type AimCommand = {
  meta: Meta
  args: ArgsDef
  invoke(rawArgs: string[], context: Context): Promise<Output | Stream>
}

/** Declares a command: citty types and reads its arguments, the fence keeps them strict. */
export function defineAimCommand<const T extends ArgsDef>(definition: {
  meta: Meta
  args: T
  run(context: Context, args: ParsedArgs<T>): Promise<Output | Stream>
}): AimCommand {
  const command = defineCommand({
    args: definition.args,
    run: ({ args, data }) => definition.run(data as Context, args),
  })
  return {
    meta: definition.meta,
    args: definition.args,
    invoke: async (rawArgs, data) =>
      (await runCommand(command, { rawArgs, data })).result as Output | Stream,
  }
}
