import { expect, test } from "bun:test"
import { scopeCovers } from "../../src/domain/window-scope.ts"

test.each([
  ["opus", "claude-opus-4-6", true],
  ["Opus", "opus[1m]", true],
  ["Fable", "claude-fable-1", true],
  ["Opus 4.1", "claude-opus-4-1-20250805", true],
  ["Sonnet 4", "claude-sonnet-4-20250514", true],
  ["Sonnet 4", "claude-sonnet-4-5", false],
  ["GPT-5.3-Codex-Spark", "gpt-5.3-codex-spark", true],
  ["GPT-5.3-Codex-Spark", "gpt-5.3-codex", false],
  ["gpt-5", "gpt-5.3-codex", false],
  ["gpt-5", "gpt-50", false],
  ["code review", "gpt-5.3-codex", false],
  ["oauth_apps", "claude-opus-4-6", false],
  ["", "claude-opus-4-6", false],
])("a window limited to %p and model %p: %p", (scope, model, covers) => {
  expect(scopeCovers(scope, model)).toBe(covers)
})
