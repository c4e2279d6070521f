import type { PackFile } from '../../../bundle/pack/pack.ts'
import pythonIgnore from './templates/python/.appignore?raw'
import waveIgnore from './templates/wave/.appignore?raw'

/** The templates are folders beside this file, complete and ready to run: `templates/<name>/`. */
export type TemplateName = 'python' | 'wave'

const icons: Record<TemplateName, string> = {
  python: new URL('./templates/python/static/icon.png', import.meta.url).href,
  wave: new URL('./templates/wave/static/icon.png', import.meta.url).href,
}

const ignoreRules: Record<TemplateName, string> = { python: pythonIgnore, wave: waveIgnore }

/** By path, the template's folder first. Names that begin with a dot are not found so: a build leaves them out. */
const texts: Readonly<Record<string, string>> = import.meta.glob(
  './templates/*/*.{toml,py,md,txt}',
  { query: '?raw', import: 'default', eager: true },
)

/** A template's files, to be packed. Rejects, when it is read, where the icon can't be fetched. */
export function templateFiles(name: TemplateName): PackFile[] {
  const folder = `./templates/${name}/`
  const files = Object.entries(texts)
    .filter(([path]) => path.startsWith(folder))
    .map(([path, text]) => ({
      path: path.slice(folder.length),
      read: readerOf(text),
    }))
  return [
    ...files,
    { path: '.appignore', read: readerOf(ignoreRules[name]) },
    { path: 'static/icon.png', read: () => fetchBytes(icons[name]) },
  ]
}

function readerOf(text: string): PackFile['read'] {
  return async () => new TextEncoder().encode(text)
}

async function fetchBytes(address: string): Promise<Uint8Array> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error('The template’s icon could not be fetched. Try again.')
  return new Uint8Array(await answer.arrayBuffer())
}
