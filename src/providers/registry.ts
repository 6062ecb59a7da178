import type { ProviderId } from "../domain/provider-id.ts"
import { anthropicProvider } from "./anthropic/anthropic-provider.ts"
import { codexProvider } from "./openai-codex/codex-provider.ts"
import type { Provider } from "./provider.ts"

type Env = Readonly<Record<string, string | undefined>>
export type Providers = Readonly<Record<ProviderId, Provider>>

/** The issuers, one line each, at the base URLs that this environment names. */
export function providersFor(env: Env): Providers {
  return {
    "openai-codex": codexProvider(env),
    anthropic: anthropicProvider(env),
  }
}
