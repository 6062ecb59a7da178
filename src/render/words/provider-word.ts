import { CLIENT_WORD } from "../../domain/client-word.ts"
import { asProviderId } from "../../domain/provider-id.ts"

/** A provider as tables call it; one that aim does not know, by its own name. */
export function providerWord(provider: string): string {
  const known = asProviderId(provider)
  return known === null ? provider : CLIENT_WORD[known]
}
