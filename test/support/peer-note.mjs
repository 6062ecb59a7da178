/** Whether the reference program itself takes part, in words: it is never fetched for a run. */
export function peerNote() {
  const checkout = (process.env.AIM_PEER_AIMGR ?? "").trim()
  return checkout === ""
    ? "aimgr itself is no part of this run (AIM_PEER_AIMGR=<checkout> makes it one)"
    : `aimgr itself takes part, from ${checkout}`
}
