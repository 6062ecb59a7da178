/** What was pressed, as data. `text` of a paste holds its line ends and control characters still. */
export type Key =
  | { kind: "char" | "paste"; text: string }
  | { kind: "up" | "down" | "enter" | "escape" | "backspace" | "erase_word" | "erase_line" }
  | { kind: "interrupt" | "suspend" | "end_of_input" | "redraw" }

/** The first key of some bytes, null for one without a meaning here, and how many bytes it took. */
export type Decoded = { key: Key | null; length: number }

/** `wait`: the bytes may be the beginning of something longer. */
export type Decoding = Decoded | "wait"

const ESC = 0x1b
const CONTROLS: Readonly<Record<number, Exclude<Key["kind"], "char" | "paste">>> = {
  3: "interrupt",
  4: "end_of_input",
  8: "backspace",
  10: "enter",
  12: "redraw",
  13: "enter",
  21: "erase_line",
  23: "erase_word",
  26: "suspend",
  127: "backspace",
}
const PASTE_START = "\u001b[200~"
const PASTE_END = "\u001b[201~"
/** Nobody types so much at once: a paste on a terminal that does not put it in brackets. */
const BURST = 8
/** No sequence that a keyboard sends is longer. */
const LONGEST_SEQUENCE = 32

/**
 * Decodes the first key of `bytes`, which hold at least one: ECMA-48 sequences, the arrows of both
 * cursor modes (CSI and SS3), bracketed paste as xterm describes it, UTF-8. `complete` says that
 * nothing has followed for a while: a lone Esc is then the key.
 */
export function decodeKey(bytes: Uint8Array, complete: boolean): Decoding {
  const [first = 0] = bytes
  if (first === ESC) return decodeEscape(bytes, complete)
  const control = CONTROLS[first]
  if (control !== undefined) return { key: { kind: control }, length: 1 }
  if (first < 0x20) return { key: null, length: 1 }
  return decodeText(bytes, complete)
}

/** True for bytes that are an unfinished paste, which may be longer on its way than a key. */
export function isOpenPaste(bytes: Uint8Array): boolean {
  return indexOf(bytes, PASTE_START) === 0 && indexOf(bytes, PASTE_END) < 0
}

function decodeText(bytes: Uint8Array, complete: boolean): Decoding {
  const end = bytes.findIndex((byte) => byte < 0x20 || byte === 0x7f)
  const run = end < 0 ? bytes : bytes.subarray(0, end)
  const length = run.byteLength - (end < 0 && !complete ? unfinished(run) : 0)
  if (length === 0) return "wait"
  const letters = Array.from(new TextDecoder().decode(run.subarray(0, length)))
  if (letters.length >= BURST) return { key: { kind: "paste", text: letters.join("") }, length }
  const [letter = ""] = letters
  if (letter !== "\ufffd") {
    return { key: { kind: "char", text: letter }, length: Buffer.byteLength(letter) }
  }
  // No UTF-8, or that very letter, which nobody types.
  return { key: null, length: 1 }
}

/** How many bytes at the end are the beginning of a letter. */
function unfinished(run: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, run.byteLength); back += 1) {
    const byte = run[run.byteLength - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}

function decodeEscape(bytes: Uint8Array, complete: boolean): Decoding {
  const [, second, third] = bytes
  const alone: Decoding = complete ? { key: { kind: "escape" }, length: 1 } : "wait"
  if (second === undefined) return alone
  if (second === 0x4f) {
    if (third === undefined) return alone
    return { key: arrow(third), length: 3 }
  }
  // Esc and then a letter: somebody types fast. There is no meaning for Alt here.
  if (second !== 0x5b) return { key: { kind: "escape" }, length: 1 }
  if (third === undefined) return alone
  // The function keys of the Linux console.
  if (third === 0x5b) return bytes.byteLength > 3 || complete ? ignored(bytes, 4) : "wait"
  const final = bytes.findIndex((byte, index) => index > 1 && (byte < 0x20 || byte > 0x3f))
  if (final < 0) {
    return complete || bytes.byteLength > LONGEST_SEQUENCE ? ignored(bytes, Infinity) : "wait"
  }
  if (indexOf(bytes, PASTE_START) === 0) return decodePaste(bytes, complete)
  // What can't end a sequence has broken it off, and counts for itself.
  const last = bytes[final] ?? 0
  if (last < 0x40 || last > 0x7e) return ignored(bytes, final)
  return { key: arrow(last), length: final + 1 }
}

function decodePaste(bytes: Uint8Array, complete: boolean): Decoding {
  const end = indexOf(bytes, PASTE_END)
  if (end < 0 && !complete) return "wait"
  const text = bytes.subarray(PASTE_START.length, end < 0 ? bytes.byteLength : end)
  return {
    key: { kind: "paste", text: new TextDecoder().decode(text) },
    length: end < 0 ? bytes.byteLength : end + PASTE_END.length,
  }
}

function arrow(final: number | undefined): Key | null {
  if (final === 0x41) return { kind: "up" }
  return final === 0x42 ? { kind: "down" } : null
}

function ignored(bytes: Uint8Array, length: number): Decoded {
  return { key: null, length: Math.min(length, bytes.byteLength) }
}

function indexOf(bytes: Uint8Array, text: string): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(text, 0, "latin1")
}
