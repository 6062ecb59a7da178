import type { Conversation } from "../../domain/conversation.ts"
import type { Label } from "../../domain/label.ts"
import { knownLabel } from "../../operations/account/known-label.ts"
import { logIn } from "../../operations/login.ts"
import { withPool } from "../../pool/pool.ts"
import { loginLines } from "../../render/login.ts"
import type { Action } from "../action.ts"
import type { Panel } from "../panel.ts"

/** A token POST's own limit (design §3). */
const RENEWING_LIMIT = 60

/** Renews the login, or has somebody log in as the label is bound. */
export const reauthNow: Action = (panel, { label }) => logInAs(panel, label, null)

/** Has somebody log in by a code that is typed on another device, if the login can't be renewed. */
export const deviceLogin: Action = (panel, { label }) => logInAs(panel, label, "device")

/**
 * `aim login` for a label that there is. Until it has something to tell, a spinner says what is
 * waited for; from then on the terminal belongs to the one who logs in.
 */
export async function logInAs(panel: Panel, label: Label, lane: "device" | null): Promise<Label> {
  const { homes, prompter, talk, frame } = panel
  const spoken = Promise.withResolvers<void>()
  const free = Promise.withResolvers<void>()
  const options = { lane, noOpen: false, timeoutSeconds: null, provider: null }
  const work = withPool(homes, async (pool) => {
    knownLabel((await pool.vault.read()).document, label)
    return logIn(pool, label, options, holdingBack(talk, spoken.resolve, free.promise))
  })
  // Its failure is thrown below; until then it must not count as one that nobody looks at.
  const begun = Promise.race([spoken.promise, work.then(() => {})])
  try {
    await prompter.busy("the login to be renewed", RENEWING_LIMIT, begun)
  } finally {
    free.resolve()
  }
  prompter.say(loginLines(await work, frame))
  return label
}

/** A conversation whose first words wait until the spinner is gone. */
function holdingBack(talk: Conversation, spoken: () => void, free: Promise<void>): Conversation {
  const held: (() => void)[] = []
  let isFree = false
  void free.then(() => {
    isFree = true
    for (const say of held) say()
  })
  const whenFree = (say: () => void) => {
    spoken()
    if (isFree) say()
    else held.push(say)
  }
  return {
    attended: talk.attended,
    confirm: talk.confirm,
    tell: (line) => whenFree(() => talk.tell(line)),
    page: (url) => whenFree(() => talk.page(url)),
    waits: (text, limitMs) => {
      let [isOver, over] = [false, () => {}]
      whenFree(() => {
        if (!isOver) over = talk.waits(text, limitMs)
      })
      return () => {
        isOver = true
        over()
      }
    },
    line: async (signal) => {
      spoken()
      await free
      return talk.line(signal)
    },
  }
}
