import type { PreSwitchSync, SelectionReceipt } from "../../domain/receipt.ts"
import type { Store, TargetId } from "../../domain/store.ts"

/** What a receipt says of one client besides what all of them have. */
export type ClientSide = {
  store: Store
  /** The files that were written. */
  wrote: readonly string[]
  explicit: boolean
  preSwitchSync: PreSwitchSync | null
  /** The plan of the label that serves now. */
  subscriptionType: string | null
}

type Shared = Omit<SelectionReceipt, "authPath" | "wroteAuthJson">

const authFile = (shared: Shared, { store, wrote }: ClientSide): SelectionReceipt => ({
  ...shared,
  authPath: store.file,
  wroteAuthJson: wrote.length > 0,
})

const RECEIPTS: Record<TargetId, (shared: Shared, side: ClientSide) => SelectionReceipt> = {
  codex: authFile,
  pi: authFile,
  claude: (shared, { store, wrote, explicit, preSwitchSync, subscriptionType }) => {
    const appStatePath = store.appState ?? ""
    return {
      ...shared,
      ...(explicit ? { explicit } : {}),
      ...(subscriptionType === null ? {} : { subscriptionType }),
      credentialsPath: store.file,
      appStatePath,
      wroteCredentialsJson: wrote.some((file) => file !== appStatePath),
      wroteAppStateJson: wrote.includes(appStatePath),
      ...(preSwitchSync === null ? {} : { preSwitchSync }),
    }
  },
}

/** The receipt of a switch in its client's own form. */
export function clientReceipt(
  target: TargetId,
  shared: Shared,
  side: ClientSide,
): SelectionReceipt {
  return RECEIPTS[target](shared, side)
}
