/** The command lines that do what the interface does. Ids and visibilities hold no characters a shell would read. */
export const commands = {
  runApp: (appId: string, visibility: string) => `h2o app run ${appId} -v ${visibility}`,
  getApp: (appId: string) => `h2o app get ${appId}`,
  downloadApp: (appId: string) => `h2o app download ${appId}`,
  updateApp: (appId: string, visibility: string) => `h2o app update ${appId} -v ${visibility}`,
  deleteApp: (appId: string) => `h2o app delete ${appId}`,
  runAppWith: (appId: string, visibility: string, profile: string) =>
    `h2o app run ${appId} -v ${visibility} --profile ${shellWord(profile)}`,
  bundle: () => 'h2o bundle',
  pack: (folder: string) => `npm run pack -- ${shellWord(folder)}`,
  inspect: (file: string) => `npm run inspect -- ${shellWord(file)}`,
  compare: (file: string, old: string) =>
    `npm run inspect -- ${shellWord(file)} --against ${shellWord(old)}`,
  importBundle: (visibility: string) => `h2o bundle import -v ${visibility}`,
  deployBundle: () => 'h2o bundle deploy',
  listInstances: () => 'h2o instance list',
  getInstance: (instanceId: string) => `h2o instance get ${instanceId}`,
  instanceStatus: (instanceId: string) => `h2o instance status ${instanceId}`,
  updateInstance: (instanceId: string, visibility: string) =>
    `h2o instance update ${instanceId} -v ${visibility}`,
  instanceLogs: (instanceId: string) => `h2o instance logs ${instanceId} -f`,
  suspend: (instanceId: string) => `h2o instance suspend ${instanceId}`,
  resume: (instanceId: string) => `h2o instance resume ${instanceId}`,
  terminate: (instanceId: string) => `h2o instance terminate ${instanceId}`,
  listTags: () => 'h2o tag list',
  getTag: (tagId: string) => `h2o tag get ${tagId}`,
  assignTag: (tagId: string, appId: string) => `h2o tag assign ${tagId} ${appId}`,
  removeTag: (tagId: string, appId: string) => `h2o tag remove ${tagId} ${appId}`,
  updateTag: (tagId: string, change: TagFlags) => `h2o tag update ${tagId}${flagsOf(change)}`,
  createTag: (tag: TagFlags) => `h2o admin tag create${flagsOf(tag)}`,
  deleteTag: (tagId: string) => `h2o admin tag delete ${tagId}`,
} as const

/** What a tag's flags are made of; what isn't there isn't said. */
type TagFlags = {
  readonly name?: string
  readonly title?: string
  readonly color?: string
  readonly description?: string
  readonly isCategory?: boolean
  readonly adminRoles?: readonly string[]
  readonly visitorRoles?: readonly string[]
}

function flagsOf(tag: TagFlags): string {
  const flag = (name: string, value: string | undefined) =>
    value === undefined ? '' : ` --${name}=${textWord(value)}`
  return [
    flag('name', tag.name),
    flag('title', tag.title),
    flag('color', tag.color),
    flag('description', tag.description),
    tag.isCategory === undefined ? '' : ` --category=${tag.isCategory}`,
    flag('admin-roles', tag.adminRoles?.join(',')),
    flag('visitor-roles', tag.visitorRoles?.join(',')),
  ].join('')
}

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

/** Any text as one word for a shell, unchanged: what can't be seen is written as bash and zsh escape it. */
function textWord(text: string): string {
  if (/^[\w./@%+:,-]+$/.test(text)) return text
  if (!/[\p{C}\p{Zl}\p{Zp}]/u.test(text)) return text === '' ? "''" : quoted(text)
  const escaped = text
    .replaceAll(/[\\']/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0
      return String.raw`\U` + code.toString(16).padStart(8, '0')
    })
  return `$'${escaped}'`
}

const quoted = (text: string) => (text === '' ? '' : `'${text.replaceAll("'", String.raw`'\''`)}'`)
