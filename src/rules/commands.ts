/** The command lines that do what the interface does. Ids and visibilities hold no characters a shell would read. */
export const commands = {
  runApp: (appId: string, visibility: string) => `h2o app run ${appId} -v ${visibility}`,
  getApp: (appId: string) => `h2o app get ${appId}`,
  downloadApp: (appId: string) => `h2o app download ${appId}`,
  updateApp: (appId: string, visibility: string) => `h2o app update ${appId} -v ${visibility}`,
  deleteApp: (appId: string) => `h2o app delete ${appId}`,
  runAppWith: (appId: string, visibility: string, profile: string) =>
    `h2o app run ${appId} -v ${visibility} --profile ${shellWord(profile)}`,
  assignTag: (tagId: string, appId: string) => `h2o tag assign ${tagId} ${appId}`,
  removeTag: (tagId: string, appId: string) => `h2o tag remove ${tagId} ${appId}`,
  bundle: () => 'h2o bundle',
  pack: (folder: string) => `npm run pack -- ${shellWord(folder)}`,
  inspect: (file: string) => `npm run inspect -- ${shellWord(file)}`,
  compare: (file: string, old: string) =>
    `npm run inspect -- ${shellWord(file)} --against ${shellWord(old)}`,
  importBundle: (visibility: string) => `h2o bundle import -v ${visibility}`,
  deployBundle: () => 'h2o bundle deploy',
  listInstances: () => 'h2o instance list',
  instanceStatus: (instanceId: string) => `h2o instance status ${instanceId}`,
  updateInstance: (instanceId: string, visibility: string) =>
    `h2o instance update ${instanceId} -v ${visibility}`,
  instanceLogs: (instanceId: string) => `h2o instance logs ${instanceId} -f`,
  suspend: (instanceId: string) => `h2o instance suspend ${instanceId}`,
  resume: (instanceId: string) => `h2o instance resume ${instanceId}`,
  terminate: (instanceId: string) => `h2o instance terminate ${instanceId}`,
} as const

/**
 * A file's name as one word for a POSIX shell. What a terminal could take for something else than
 * letters (control characters, marks that turn the writing around) becomes "?", which matches it.
 */
function shellWord(name: string): string {
  const safe = name.startsWith('-') ? `./${name}` : name
  if (/^[\w./@%+=:,-]+$/.test(safe)) return safe
  const parts = safe.split(/([\p{C}\p{Zl}\p{Zp}])/u)
  return parts.map((part, index) => (index % 2 === 1 ? '?' : quoted(part))).join('')
}

const quoted = (text: string) => (text === '' ? '' : `'${text.replaceAll("'", String.raw`'\''`)}'`)
