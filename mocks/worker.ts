import { http, HttpResponse, type UnhandledFrameHandle } from 'msw'
import { setupWorker } from 'msw/browser'

/** Answered always, and by nothing but the worker. */
export const settledPath = '/mocks/settled'
const settled = http.get(settledPath, () => new HttpResponse())

export const worker = setupWorker(settled)

type Frame = Parameters<Extract<UnhandledFrameHandle, (...args: never) => unknown>>[0]['frame']

/** The call to the platform that nothing answers; undefined for the page's own files. */
export function unhandledCall(frame: Frame): Request | undefined {
  const data = frame.data
  if (typeof data !== 'object' || data === null || !('request' in data)) return undefined
  const { request } = data
  if (!(request instanceof Request)) return undefined
  return new URL(request.url).pathname.startsWith('/api/') ? request : undefined
}
