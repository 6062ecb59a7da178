import type { ProviderId } from "../domain/provider-id.ts"
import { codexProvider } from "./openai-codex/codex-provider.ts"
import type { Provider } from "./provider.ts"

type Env = Readonly<Record<string, string | undefined>>

/** Every issuer that aim can talk to, one line each. */
const PROVIDERS: readonly ((env: Env) => Provider)[] = [codexProvider]

/** The issuers, by id, at the base URLs that this environment names. */
export function providersFor(env: Env): ReadonlyMap<ProviderId, Provider> {
  return new Map(PROVIDERS.map((of) => of(env)).map((provider) => [provider.id, provider]))
}
