import { error, warning } from '../finding.ts'
import type { Manifest } from './manifest.ts'
import { clip, type SECTION_KEYS, type Section } from './table.ts'
import { readValueSource } from './source-rules.ts'

export type FileSection = Section<(typeof SECTION_KEYS)['File'][number]>

/** Reads the `[[File]]` entries. Each is mounted over its folder, so folders must be their own. */
export function readFiles(sections: readonly FileSection[]): Manifest['files'] {
  const files: Manifest['files'] = []
  const folders = new Set<string>()
  for (const section of sections) {
    const path = readPath(section, folders)
    const source = readValueSource(section, 'file')
    if (path !== null && source !== null) files.push({ path, ...source })
  }
  return files
}

function readPath(section: FileSection, folders: Set<string>): string | null {
  const path = section.string('Path')
  if (path === null) {
    if (!section.has('Path')) {
      section.report(error('file.path-missing', 'Its Path is missing.', section.place()))
    }
    return null
  }
  const place = section.place('Path')
  const refuse = (code: string, message: string) => {
    section.report(error(code, message, place))
    return null
  }
  if (
    path.trim() === '' ||
    path.endsWith('/') ||
    /[\0:\\]/.test(path) ||
    /(^|\/)\.\.?$/.test(path)
  ) {
    return refuse(
      'file.path-invalid',
      `"${clip(path)}" is no file path. Write an absolute one such as "/etc/my-app/config.json".`,
    )
  }
  const folder = folderOf(path)
  if (folder === '/' || folder === '.' || folder.startsWith('..')) {
    return refuse(
      'file.folder-forbidden',
      'The file would cover the root or the working folder. Put it into a folder of its own.',
    )
  }
  if (`${folder}/`.startsWith('/resources/')) {
    return refuse(
      'file.folder-forbidden',
      'Files can’t be put under /resources, where the bundle is. Choose another folder.',
    )
  }
  if (folders.has(folder)) {
    return refuse(
      'file.folder-repeated',
      `Another file is in "${clip(folder)}" already. Give every file a folder of its own.`,
    )
  }
  folders.add(folder)
  if (!path.startsWith('/')) {
    section.report(
      warning(
        'file.path-relative',
        `"${clip(path)}" isn't absolute, so where it ends up depends on the image. Start it with "/".`,
        place,
      ),
    )
  }
  return path
}

/** The folder of a path, cleaned of "." and ".." as Go's path.Dir does. */
export function folderOf(path: string): string {
  const isAbsolute = path.startsWith('/')
  const parts: string[] = []
  for (const part of path.split('/').slice(0, -1)) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '..' || !isAbsolute) parts.push(part)
  }
  const joined = parts.join('/')
  return isAbsolute ? `/${joined}` : joined === '' ? '.' : joined
}
