/**
 * Reads a stream until this word stands in it; the result reads it to its end and gives all of its
 * text. Throws when the stream ends without the word.
 */
export async function says(
  stream: ReadableStream<Uint8Array>,
  word: string,
): Promise<() => Promise<string>> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let text = ""
  const more = async () => {
    const { done, value } = await reader.read()
    text += decoder.decode(value, { stream: !done })
    return !done
  }
  while (!text.includes(word))
    if (!(await more())) throw new Error(`ended without saying ${word}: ${text}`)
  return async () => {
    while (await more());
    return text
  }
}
