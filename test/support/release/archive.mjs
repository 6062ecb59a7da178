import { promisify } from "node:util"
import { gzip } from "node:zlib"

const BLOCK = 512

/**
 * A tar.gz whose bytes depend on nothing but what is in it: no owner, no time of packing, no
 * differences between the `tar` of one system and another.
 * @param {{ name: string, mode: number, data: Buffer }[]} files regular files in their order;
 *   names of at most 100 bytes
 * @param {number} time the files' time, seconds since 1970
 * @returns {Promise<Buffer>}
 */
export function tarGz(files, time) {
  const parts = files.flatMap(({ name, mode, data }) => [
    header(name, mode, data.length, time),
    data,
    Buffer.alloc(-data.length & (BLOCK - 1)),
  ])
  return promisify(gzip)(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]))
}

/** One header of the POSIX ustar format. */
function header(name, mode, size, time) {
  if (Buffer.byteLength(name) > 100) throw new Error(`too long a name for an archive: ${name}`)
  const block = Buffer.alloc(BLOCK)
  const octal = (number, at, length) =>
    block.write(`${number.toString(8).padStart(length - 1, "0")}\0`, at, "latin1")
  block.write(name, 0)
  octal(mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(time, 136, 12)
  block.write("        0", 148, "latin1")
  block.write("ustar\x0000", 257, "latin1")
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1")
  return block
}
