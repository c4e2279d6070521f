import IconButton from '@mui/material/IconButton'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { instanceOptions } from '../../api/instances.ts'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/Icon.tsx'
import { SheetDialog } from '../../ui/SheetDialog.tsx'
import { withoutLog } from './log-address.ts'
import { LogScreen } from './LogScreen.tsx'

const Head = styled('header')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 4,
  padding: '8px 12px 8px 20px',
  borderBottom: `1px solid ${theme.vars.palette.line.main}`,
  '& h2': {
    ...theme.typography.h2,
    flex: 1,
    margin: 0,
    minWidth: 0,
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
  },
  '& code': {
    fontFamily: 'var(--wd-mono)',
    fontSize: 12,
    fontWeight: 400,
    color: theme.vars.palette.text.tertiary,
  },
  '@media (max-width: 599.95px)': { paddingInlineStart: 16 },
}))

/** What an instance printed, for a quick look over the page one is on. Its state stands in the page's address. */
export function LogDialog({ instanceId }: { instanceId: string }) {
  const { data } = useQuery(instanceOptions(instanceId))
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const title = data === undefined ? 'Log' : `${data.app.title} · log`
  const close = () => void navigate({ search: `?${withoutLog(params)}` })
  const own = new URLSearchParams(
    ['run', 'line'].flatMap((name) => {
      const value = params.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
  return (
    <SheetDialog label={title} onClose={close}>
      <Head>
        <h2>
          {title} {data !== undefined && <code>{data.app.version}</code>}
        </h2>
        <IconButton
          component={Link}
          to={`${paths.instanceLogPage(instanceId)}${own.size === 0 ? '' : `?${own}`}`}
          aria-label="Open the log as a page"
          title="Open as a page"
        >
          <Icon name="expand" />
        </IconButton>
        <IconButton onClick={close} aria-label="Close the log">
          <Icon name="close" />
        </IconButton>
      </Head>
      <LogScreen instanceId={instanceId} />
    </SheetDialog>
  )
}
