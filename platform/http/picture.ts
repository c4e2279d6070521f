/**
 * A picture of a bundle. What is in a bundle never changes, so that browsers may keep it; opened by itself it is no
 * page of our origin.
 *
 * @param type what its bytes were found to be, never what its name says
 */
export function pictureResponse(bytes: Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(bytes, {
    headers: {
      'Content-Type': type,
      'Cache-Control': 'private, max-age=31536000, immutable',
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  })
}
