import { expect, test } from "bun:test"
import { remoteWord } from "../../src/authority/remote-path.ts"

const WORDS: [path: string, word: string][] = [
  ["$HOME/.aimgr/secrets.json", "\"$HOME\"/'.aimgr/secrets.json'"],
  ['$HOME/a"b\\c`d$e', '"$HOME"/\'a"b\\c`d$e\''],
  ["/srv/pool.json", "'/srv/pool.json'"],
  ["/srv/it's; rm -rf $HOME", "'/srv/it'\\''s; rm -rf $HOME'"],
  ["pool.json", "'pool.json'"],
  ["$HOMEX/a", "'$HOMEX/a'"],
]

test.each(WORDS)("%p is one word of the remote shell", (path, word) => {
  expect(remoteWord(path)).toBe(word)
})

const SHELLS = ["sh", "bash", "fish", "tcsh"].filter((shell) => Bun.which(shell) !== null)

test.each(SHELLS)("%s reads each word as the path that was meant", (shell) => {
  for (const [path, word] of WORDS) {
    const { stdout } = Bun.spawnSync([shell, "-c", `printf %s ${word}`], {
      env: { HOME: "/home/a b", PATH: process.env.PATH ?? "" },
    })
    expect(stdout.toString()).toBe(path.replace(/^\$HOME\//, "/home/a b/"))
  }
})
