import { PROVIDER_IDS } from "../../domain/provider-id.ts"
import { exportOffer } from "../../operations/export-offer.ts"
import { openVault } from "../../vault/open.ts"
import { defineAimCommand } from "../command.ts"
import { refuseTerminal, streamOf } from "../pipe-only.ts"

export default defineAimCommand({
  meta: {
    example: "aim internal export --provider anthropic | wc -c",
    details: [
      "What a sync calls on an authority over ssh: prints the labels of one provider with their",
      "logins, and nothing else of the state file. Into a pipe only.",
    ],
  },
  args: {
    provider: {
      type: "enum",
      options: [...PROVIDER_IDS],
      required: true,
      description: "whose labels",
    },
  },
  run: async ({ homes }, { provider }) => {
    refuseTerminal()
    return streamOf(await exportOffer(await openVault(homes.stateFile), provider))
  },
})
