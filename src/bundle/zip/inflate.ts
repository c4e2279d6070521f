// Deflate grows up to 1032 times, and a stream inflates a whole chunk before anybody can say stop:
// 4 KB keeps that under 4 MB.
const FEED_BYTES = 4096

/**
 * Inflates raw deflate data piece by piece. Throws a TypeError when the data is broken, ends early
 * or goes on after its end. Leaving the loop early stops the work.
 */
export async function* inflate(
  compressed: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const stream = new DecompressionStream('deflate-raw')
  const writer = stream.writable.getWriter()
  const reader = stream.readable.getReader()
  const failure: { reason: unknown }[] = []
  const feeding = feed(compressed, writer).catch(async (reason: unknown) => {
    failure.push({ reason })
    await writer.abort(reason).catch(() => undefined)
  })
  let finished = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      yield new Uint8Array(value)
    }
    await feeding
    finished = true
  } catch (reason) {
    // What went wrong while reading the source says more than the stream's own complaint.
    throw failure[0]?.reason ?? reason
  } finally {
    if (!finished) {
      await reader.cancel().catch(() => undefined)
      await writer.abort().catch(() => undefined)
      await feeding
    }
  }
}

async function feed(
  compressed: AsyncIterable<Uint8Array<ArrayBuffer>>,
  writer: WritableStreamDefaultWriter<BufferSource>,
): Promise<void> {
  for await (const chunk of compressed) {
    for (let at = 0; at < chunk.length; at += FEED_BYTES) {
      await writer.ready
      await writer.write(chunk.subarray(at, at + FEED_BYTES))
    }
  }
  await writer.close()
}
