import { styled } from '@mui/material/styles'
import type { TagDetail, TaggedApp } from '../../api/generated/types.gen.ts'
import { counted } from '../../features/tagging/counted.ts'
import { Caution } from '../../features/tagging/ImpactReport.tsx'
import { whoSees } from '../../rules/audience.ts'
import { commands } from '../../rules/commands.ts'
import { isOpenDoor } from '../../rules/tags.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Surface } from '../../ui/Surface.tsx'

const Root = styled('aside')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 16,
  minWidth: 0,
})

const Panel = styled(Surface)(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 10,
  padding: '16px 20px 18px',
  overflowWrap: 'anywhere',
  '& h2': { ...theme.typography.h2, margin: 0 },
  '& p': { margin: 0, color: theme.vars.palette.text.secondary },
  '& ul': { display: 'grid', gap: 8, margin: 0, padding: 0, listStyle: 'none' },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12 },
  '& small': {
    ...theme.typography.caption,
    display: 'block',
    color: theme.vars.palette.text.tertiary,
    fontVariantNumeric: 'tabular-nums',
  },
})) as typeof Surface

type Props = {
  tag: TagDetail
  /** The versions that carry it; undefined while they are on their way. */
  apps: readonly TaggedApp[] | undefined
  total: number
}

/** Who sees what through a tag, and who may use it. */
export function TagAside({ tag, apps, total }: Props) {
  return (
    <Root>
      <Panel aria-labelledby="through">
        <h2 id="through">Who sees what through it</h2>
        {tag.visitorRoles.length === 0 ? (
          <p>Nobody: it has no visitor roles, so that it opens nothing.</p>
        ) : (
          <ul>
            {tag.visitorRoles.map((role) => (
              <li key={role}>
                Visitors with <code>{role}</code>
                {apps !== undefined && <small>{seenWords(apps, tag.id, role, total)}</small>}
              </li>
            ))}
          </ul>
        )}
        {isOpenDoor(tag) && (
          <Caution>
            <Icon name="warning" size={18} />
            <span>
              An open door: without admin roles, everybody with full access can open any app that
              they see to these visitors.
            </span>
          </Caution>
        )}
      </Panel>
      <Panel aria-labelledby="users">
        <h2 id="users">Who may assign and edit it</h2>
        {tag.adminRoles.length === 0 ? (
          <p>Everybody with full access.</p>
        ) : (
          <p>
            Admins, and people with{' '}
            {tag.adminRoles.map((role, index) => (
              <span key={role}>
                {index > 0 && ', '}
                <code>{role}</code>
              </span>
            ))}
            .
          </p>
        )}
      </Panel>
      <Panel aria-labelledby="tag-commands">
        <h2 id="tag-commands">Command line</h2>
        <CommandLine command={commands.getTag(tag.id)} />
      </Panel>
    </Root>
  )
}

/** How many versions a role sees through the tag, and how many of them it would not see without. */
function seenWords(apps: readonly TaggedApp[], tagId: string, role: string, total: number): string {
  const throughIt = apps.flatMap((app) =>
    whoSees({ ...app, lifecycle: 'ON_DEMAND' }).flatMap((audience) =>
      audience.who === 'visitors' &&
      audience.role === role &&
      audience.through.some(({ id }) => id === tagId)
        ? [audience]
        : [],
    ),
  )
  const alone = throughIt.filter(({ through }) => through.length === 1).length
  const hidden = apps.filter(({ visibility }) => visibility === 'PRIVATE').length
  return [
    throughIt.length === 0
      ? 'see nothing through it now'
      : `see ${counted(throughIt.length, 'version')}, ${alone === throughIt.length ? 'all' : alone.toLocaleString('en')} of them through it alone`,
    hidden > 0 ? `${counted(hidden, 'more', 'more')} once published` : '',
    apps.length < total ? `counted in the first ${apps.length.toLocaleString('en')}` : '',
  ]
    .filter((part) => part !== '')
    .join('; ')
}
