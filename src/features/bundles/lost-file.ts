/** The file on the person's disk isn't the one any more that they chose. */
export class LostFileError extends Error {
  override readonly name = 'LostFileError'

  constructor() {
    super(
      'The file can’t be read any more: it was changed, moved or deleted on your disk since you chose it. Choose it again.',
    )
  }
}

/** Browsers refuse to read a chosen file whose date or place is another one by now (File API, section 7). */
export function isLostFile(reason: unknown): boolean {
  return (
    reason instanceof LostFileError ||
    (reason instanceof DOMException && ['NotReadableError', 'NotFoundError'].includes(reason.name))
  )
}

/** @throws LostFileError where it can't be read any more; a request with it fails like a lost connection then */
export async function expectReadable(blob: Blob): Promise<void> {
  try {
    await blob.slice(0, 1).arrayBuffer()
  } catch (reason) {
    throw isLostFile(reason) ? new LostFileError() : reason
  }
}
