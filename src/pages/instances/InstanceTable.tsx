import { styled } from '@mui/material/styles'
import type { Instance } from '../../api/generated/types.gen.ts'
import { InstanceActions } from '../../features/launch/InstanceActions.tsx'
import { visibilityWords } from '../../features/launch/instance-words.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { InstanceApp, InstancePause, InstanceState } from './InstanceParts.tsx'

const Table = styled('table')(({ theme }) => ({
  ...theme.typography.body2,
  width: '100%',
  borderCollapse: 'collapse',
  fontVariantNumeric: 'tabular-nums',
  '& th': {
    ...theme.typography.caption,
    padding: '10px 12px',
    textAlign: 'start',
    fontWeight: 500,
    color: theme.vars.palette.text.tertiary,
    whiteSpace: 'nowrap',
  },
  '& td': {
    padding: '12px',
    verticalAlign: 'middle',
    borderTop: `1px solid ${theme.vars.palette.line.main}`,
  },
  '& th:first-of-type, & td:first-of-type': { paddingInlineStart: 20 },
  '& th:last-of-type, & td:last-of-type': { paddingInlineEnd: 12 },
  '& tbody tr:hover': { backgroundColor: theme.vars.palette.background.sunken },
  '& [data-nowrap]': { whiteSpace: 'nowrap' },
}))

type Props = { instances: readonly Instance[]; logTo: (instanceId: string) => string }

export function InstanceTable({ instances, logTo }: Props) {
  return (
    <Surface sx={{ overflow: 'hidden' }}>
      <Table>
        <thead>
          <tr>
            <th scope="col">App</th>
            <th scope="col">Status</th>
            <th scope="col">Open to</th>
            <th scope="col">Pauses</th>
            <th scope="col">Age</th>
            <th scope="col">
              <VisuallyHidden>Actions</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {instances.map((instance) => (
            <tr key={instance.id}>
              <td>
                <InstanceApp instance={instance} />
              </td>
              <td style={{ maxWidth: 320 }}>
                <InstanceState instance={instance} />
              </td>
              <td data-nowrap="">{visibilityWords[instance.visibility]}</td>
              <td>
                <InstancePause instance={instance} />
              </td>
              <td data-nowrap="">
                <RelativeTime time={instance.createdAt} style="short" />
              </td>
              <td>
                <InstanceActions instance={instance} logTo={logTo(instance.id)} align="end" />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Surface>
  )
}
