/** One file as it was dropped or picked; `path` is relative to what was chosen, with its folder where it has one. */
export type ChosenFile = { path: string; file: File }

/** What a choice holds: bundles, folders to be packed, and what can be neither, with the reason. */
export type SortedChoice = {
  bundles: File[]
  folders: { name: string; files: ChosenFile[] }[]
  rejected: Rejected[]
}

export type Rejected = { name: string; reason: string }

type Limits = {
  /** The largest bundle that the platform takes, in bytes. */
  bundleBytes: number
  /** As people read it. */
  bundleSize: string
  /** What is on the list already; see `identityOf`. */
  taken: ReadonlySet<string>
}

const manifestName = 'app.toml'
const bundleName = /\.(wave|zip)$/i
/** As many as an archive may hold; beyond, somebody chose the wrong folder. */
const maxFolderFiles = 200_000

/** Tells whether two choices are the same file, as far as a browser says. */
export function identityOf(file: Pick<File, 'name' | 'size' | 'lastModified'>): string {
  return `${file.name}/${file.size}/${file.lastModified}`
}

/** Sorts what was dropped or picked by names and sizes alone; the inspector looks inside. Nothing is left unnamed. */
export function sortChoice(chosen: readonly ChosenFile[], limits: Limits): SortedChoice {
  const sorted: SortedChoice = { bundles: [], folders: [], rejected: [] }
  const seen = new Set(limits.taken)
  const folders = new Map<string, ChosenFile[]>()
  const take = (file: File) => {
    const reason = reasonAgainst(file, limits, seen)
    if (reason !== null) return sorted.rejected.push({ name: file.name, reason })
    seen.add(identityOf(file))
    return sorted.bundles.push(file)
  }
  for (const { path, file } of chosen) {
    const segments = path.split('/').filter((part) => part !== '' && part !== '.')
    const folder = segments.length > 1 ? segments[0] : undefined
    if (folder === undefined) take(file)
    else {
      const inside = { path: segments.slice(1).join('/'), file }
      const files = folders.get(folder)
      if (files === undefined) folders.set(folder, [inside])
      else files.push(inside)
    }
  }
  for (const [name, files] of folders) sortFolder(name, files, sorted, take)
  return sorted
}

function reasonAgainst(file: File, limits: Limits, seen: ReadonlySet<string>): string | null {
  if (!bundleName.test(file.name)) {
    return 'It is no .wave or .zip file. Choose a bundle, or the folder with its app.toml.'
  }
  if (file.size === 0) return 'It is empty. Pack it again, or wait until its download has ended.'
  if (file.size > limits.bundleBytes) {
    return `It is larger than ${limits.bundleSize}, the most that this platform takes. Leave out what the app doesn’t need, or ask an admin to raise the limit.`
  }
  return seen.has(identityOf(file)) ? 'The same file is on the list already.' : null
}

function sortFolder(
  name: string,
  files: ChosenFile[],
  sorted: SortedChoice,
  take: (file: File) => void,
): void {
  if (files.length > maxFolderFiles) {
    const reason = `It has more than ${maxFolderFiles.toLocaleString('en')} files. Choose the folder of one app.`
    sorted.rejected.push({ name, reason })
    return
  }
  const isManifest = ({ path }: ChosenFile) =>
    path === manifestName || path.endsWith(`/${manifestName}`)
  if (files.some(isManifest)) {
    sorted.folders.push({ name, files })
    return
  }
  // A folder of bundles stands for what is in it.
  const bundles = files.filter(({ path }) => bundleName.test(path) && !path.includes('/'))
  for (const { file } of bundles) take(file)
  if (bundles.length > 0) return
  const reason =
    'It has no app.toml, so it is no app. Choose the folder that holds the app.toml, or a .wave file.'
  sorted.rejected.push({ name, reason })
}
