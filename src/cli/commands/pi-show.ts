import { defineAimCommand } from "../command.ts"
import { describeTarget } from "../describe-target.ts"

export default defineAimCommand({
  meta: {
    example: "aim pi show",
    details: [
      "By token and by account; besides, the processes that have the home open, and what would",
      "block a switch. Other providers' logins in that file are not looked at.",
    ],
  },
  args: {},
  run: (context) => describeTarget("pi", context),
})
