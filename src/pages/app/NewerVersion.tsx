import { styled } from '@mui/material/styles'
import { Link } from 'react-router'
import type { App, AppVersion, Instance } from '../../api/generated/types.gen.ts'
import { paths } from '../../paths.ts'
import { compareVersions } from '../../rules/semver.ts'
import { Icon } from '../../ui/Icon.tsx'
import { radius } from '../../ui/tokens.ts'

const Root = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  margin: '0 0 24px',
  padding: '10px 14px',
  borderRadius: radius.m,
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.primary.soft,
  '& svg': { flex: 'none', color: theme.vars.palette.primary.main },
  '& a': { color: theme.vars.palette.primary.main, fontWeight: 600 },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12.5 },
}))

type Props = {
  app: App
  versions: readonly AppVersion[]
  /** The person's own of this version. */
  instances: readonly Instance[]
}

/** Whoever looks at an old version should know. */
export function NewerVersion({ app, versions, instances }: Props) {
  const newest = versions.reduce<Pick<AppVersion, 'id' | 'version'>>(
    (best, each) => (compareVersions(each.version, best.version) > 0 ? each : best),
    app,
  )
  if (newest.id === app.id) return null
  return (
    <Root>
      <Icon name="info" size={18} />
      <span>
        This is version <code>{app.version}</code>. A newer one is there:{' '}
        <Link to={paths.app(newest.id)}>go to {newest.version}</Link>
        {instances.length > 0 && '. Your instance of this one goes on as it is.'}
      </span>
    </Root>
  )
}
