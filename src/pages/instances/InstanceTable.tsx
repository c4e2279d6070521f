import { styled } from '@mui/material/styles'
import { useRef } from 'react'
import type { Instance, UsageHistory } from '../../api/generated/types.gen.ts'
import { InstanceActions } from '../../features/launch/InstanceActions.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { useRowsInView } from '../../ui/use-rows-in-view.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { InstanceAddress, InstanceApp, InstanceState } from './InstanceParts.tsx'
import type { InstanceRows } from './instance-rows.ts'
import { PauseCountdown } from './PauseCountdown.tsx'
import { SelectBox } from './SelectBox.tsx'
import { MemoryPlot, ProcessorPlot } from './UsagePlot.tsx'
import { useDrawnBlocks } from './use-drawn-blocks.ts'

const Frame = styled(Surface)({ containerType: 'inline-size', overflow: 'clip' }) as typeof Surface

const Table = styled('table')(({ theme }) => ({
  ...theme.typography.body2,
  width: '100%',
  tableLayout: 'fixed',
  borderCollapse: 'collapse',
  fontVariantNumeric: 'tabular-nums',
  '& thead th': {
    ...theme.typography.caption,
    padding: '6px 8px',
    textAlign: 'start',
    fontWeight: 500,
    color: theme.vars.palette.text.tertiary,
    whiteSpace: 'nowrap',
  },
  '& td, & tbody th': {
    padding: '10px 8px',
    verticalAlign: 'middle',
    textAlign: 'start',
    fontWeight: 'inherit',
    borderTop: `1px solid ${theme.vars.palette.line.main}`,
  },
  '& [data-column="select"]': { width: 48, padding: '6px 0 6px 8px' },
  '& [data-column="app"]': { width: 172 },
  '& [data-column="open"]': { width: 112 },
  '& [data-column="memory"]': { width: 112 },
  '& [data-column="processor"]': { width: 88 },
  '& [data-column="pauses"]': { width: 106 },
  '& [data-column="age"]': { width: 56, whiteSpace: 'nowrap' },
  '& [data-column="action"]': { width: 196, paddingInlineEnd: 12 },
  '& tbody tr:hover': { backgroundColor: theme.vars.palette.background.sunken },
  '& tbody tr[data-selected]': { backgroundColor: theme.vars.palette.primary.soft },
  // What doesn't fit is in the instance's own panel.
  '@container (max-width: 1080px)': { '& [data-column="processor"]': { display: 'none' } },
  '@container (max-width: 960px)': { '& [data-column="open"]': { display: 'none' } },
  '@container (max-width: 860px)': { '& [data-column="age"]': { display: 'none' } },
  '@container (max-width: 800px)': { '& [data-column="memory"]': { display: 'none' } },
}))

/** For comparing: an instance a row. Only the rows near the screen are drawn. */
export function InstanceTable(rows: InstanceRows) {
  const { instances, selected, onSelectAll, onDrawn, usage } = rows
  const body = useRef<HTMLTableSectionElement>(null)
  const view = useRowsInView<HTMLTableRowElement>(body, {
    count: instances.length,
    kind: 'instances',
    estimate: 65,
    gap: 0,
    keyOf: (row) => instances[row]?.id ?? String(row),
    overscan: 4,
  })
  useDrawnBlocks(view.from, view.to, onDrawn)
  const count = instances.filter(({ id }) => selected.has(id)).length
  return (
    <Frame>
      <Table aria-label="Instances" aria-rowcount={instances.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" data-column="select">
              <SelectBox
                label={`Select all ${instances.length}`}
                checked={count === 0 ? false : count === instances.length || 'some'}
                onChange={onSelectAll}
              />
            </th>
            <th scope="col" data-column="app">
              App
            </th>
            <th scope="col">Status</th>
            <th scope="col" data-column="open">
              Open to
            </th>
            {usage !== null && (
              <>
                <th scope="col" data-column="memory">
                  Memory
                </th>
                <th scope="col" data-column="processor">
                  Processor
                </th>
              </>
            )}
            <th scope="col" data-column="pauses">
              Pauses
            </th>
            <th scope="col" data-column="age">
              Age
            </th>
            <th scope="col" data-column="action">
              <VisuallyHidden>Actions</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          <Spacer height={view.before} />
          {instances.slice(view.from, view.to).map((instance, offset) => {
            const index = view.from + offset
            const isSelected = selected.has(instance.id)
            return (
              <tr
                key={instance.id}
                ref={view.measure}
                data-index={index}
                aria-rowindex={index + 2}
                data-selected={isSelected ? '' : undefined}
              >
                <Cells
                  instance={instance}
                  isSelected={isSelected}
                  plots={usage !== null}
                  usage={usage?.get(instance.id)}
                  detailTo={rows.detailTo(instance.id)}
                  logTo={rows.logTo(instance.id)}
                  startSeconds={rows.startSeconds}
                  onSelect={rows.onSelect}
                  onChanged={rows.onChanged}
                />
              </tr>
            )
          })}
          <Spacer height={view.after} />
        </tbody>
      </Table>
    </Frame>
  )
}

/** Always there, so that the rows keep their place among their siblings. */
function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden="true">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- there is nothing in it */}
      <td style={{ padding: 0, height, border: 0 }} />
    </tr>
  )
}

type CellsProps = Pick<InstanceRows, 'startSeconds' | 'onSelect' | 'onChanged'> & {
  instance: Instance
  isSelected: boolean
  plots: boolean
  usage: UsageHistory | undefined
  detailTo: string
  logTo: string
}

function Cells(props: CellsProps) {
  const { instance, isSelected, plots, usage, startSeconds, onSelect, onChanged } = props
  return (
    <>
      <td data-column="select">
        <SelectBox
          label={`Select ${instance.app.title} ${instance.app.version}`}
          checked={isSelected}
          onChange={(checked, shift) => onSelect(instance.id, checked, shift)}
        />
      </td>
      <th scope="row">
        <InstanceApp instance={instance} detailTo={props.detailTo} />
      </th>
      <td>
        <InstanceState instance={instance} startSeconds={startSeconds} />
      </td>
      <td data-column="open">
        <InstanceAddress instance={instance} />
      </td>
      {plots && (
        <>
          <td data-column="memory">
            <MemoryPlot instance={instance} usage={usage} />
          </td>
          <td data-column="processor">
            <ProcessorPlot instance={instance} usage={usage} />
          </td>
        </>
      )}
      <td data-column="pauses">
        <PauseCountdown instance={instance} />
      </td>
      <td data-column="age">
        <RelativeTime time={instance.createdAt} style="short" />
      </td>
      <td data-column="action">
        <InstanceActions
          instance={instance}
          logTo={props.logTo}
          align="end"
          compact
          onChanged={onChanged}
        />
      </td>
    </>
  )
}
