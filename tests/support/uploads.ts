/** What both kinds of test people do. */
type Sender = {
  send(
    method: string,
    path: string,
    init: { headers: Record<string, string>; body?: Uint8Array<ArrayBuffer> },
  ): Promise<Response>
}

const tus = { 'Tus-Resumable': '1.0.0' }
export const bytesType = 'application/offset+octet-stream'

export function askForUpload(
  caller: Sender,
  size: number | string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return caller.send('POST', '/uploads', {
    headers: { ...tus, 'Upload-Length': String(size), ...headers },
  })
}

/** @returns the new upload's id */
export async function beginUpload(caller: Sender, size: number): Promise<string> {
  const reply = await askForUpload(caller, size)
  const id = reply.headers.get('Location')?.split('/').at(-1)
  if (id === undefined) throw new Error(`${reply.status} ${await reply.text()}`)
  return id
}

export function append(
  caller: Sender,
  id: string,
  offset: number,
  body: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const headers = { ...tus, 'Upload-Offset': String(offset), 'Content-Type': bytesType }
  return caller.send('PATCH', `/uploads/${id}`, { headers, body })
}

export function askOffset(caller: Sender, id: string): Promise<Response> {
  return caller.send('HEAD', `/uploads/${id}`, { headers: tus })
}

export async function offsetOf(caller: Sender, id: string): Promise<number> {
  const reply = await askOffset(caller, id)
  if (reply.status !== 200) throw new Error(`HEAD answered ${reply.status}`)
  return Number(reply.headers.get('Upload-Offset'))
}

export function cancelUpload(caller: Sender, id: string): Promise<Response> {
  return caller.send('DELETE', `/uploads/${id}`, { headers: tus })
}

/** Begins one and sends all of it. */
export async function upload(caller: Sender, bundle: Uint8Array<ArrayBuffer>): Promise<string> {
  const id = await beginUpload(caller, bundle.length)
  const reply = await append(caller, id, 0, bundle)
  if (reply.status !== 204) throw new Error(`${reply.status} ${await reply.text()}`)
  return id
}

export function importUpload(
  caller: Sender,
  id: string,
  headers: Record<string, string> = {},
  visibility = 'ALL_USERS',
): Promise<Response> {
  return caller.send('POST', `/uploads/${id}/import?visibility=${visibility}`, { headers })
}
