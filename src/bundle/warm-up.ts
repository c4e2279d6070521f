import { inspectBundle } from './inspect.ts'

/** A bundle of three small files, as Python packs it. */
const practice =
  'UEsDBBQAAAAIAAAAIQA0bD3OTQAAAFIAAAAIAAAAYXBwLnRvbWyLdiwoiOXKS8xNtVVK1E1S4ipLLSrOzM+zVTLUM9AzUOIq' +
  'ySzJAco5KnGlpBYnF2UWlIBlnZS4ooNK80oyc1NjuXLzU0pBihILCpS4AFBLAwQUAAAACAAAACEAAAAAAAIAAAAAAAAABgAA' +
  'AGFwcC5weQMAUEsDBBQAAAAIAAAAIQDBMmpWEAAAAA4AAAAQAAAAcmVxdWlyZW1lbnRzLnR4dMswytctTyxLtbU11DPgAgBQ' +
  'SwECFAMUAAAACAAAACEANGw9zk0AAABSAAAACAAAAAAAAAAAAAAApAEAAAAAYXBwLnRvbWxQSwECFAMUAAAACAAAACEAAAAA' +
  'AAIAAAAAAAAABgAAAAAAAAAAAAAApAFzAAAAYXBwLnB5UEsBAhQDFAAAAAgAAAAhAMEyalYQAAAADgAAABAAAAAAAAAAAAAA' +
  'AKQBmQAAAHJlcXVpcmVtZW50cy50eHRQSwUGAAAAAAMAAwCoAAAA1wAAAAAA'

/** Loads and runs once what looking into a bundle takes, so that the first real one doesn't wait for that. */
export async function warmUp(): Promise<void> {
  const bytes = Uint8Array.from(atob(practice), (byte) => byte.charCodeAt(0))
  await inspectBundle(new Blob([bytes]))
}
