/** What the page of `aim` itself says of a word that is no command. */
export const LABELS = [
  "`aim <label>` at a terminal opens the panel of that label: how it stands, and what can be",
  "done about it. Anywhere else, and with flags, it is `aim login <label>`.",
]
