import type { AskPassphrase, Conversation } from "../domain/conversation.ts"
import type { Frame } from "../render/layout/frame.ts"
import type { Homes } from "../system/homes.ts"
import type { Prompter } from "./prompter.ts"

/** What the panel stands on. It keeps nothing of a label: each round and each action reads anew. */
export type Panel = {
  homes: Homes
  prompter: Prompter
  /** Who is spoken with while somebody logs in: the page's address, and what is pasted. */
  talk: Conversation
  /** Where the passphrase of a bundle file comes from. */
  passphrase: AskPassphrase
  frame: Frame
}
