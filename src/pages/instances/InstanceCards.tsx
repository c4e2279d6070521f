import { styled } from '@mui/material/styles'
import { useRef } from 'react'
import { InstanceActions } from '../../features/launch/InstanceActions.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { useRowsInView } from '../../ui/use-rows-in-view.ts'
import { InstanceAddress, InstanceApp, InstanceState } from './InstanceParts.tsx'
import type { InstanceRows } from './instance-rows.ts'
import { PauseCountdown } from './PauseCountdown.tsx'
import { SelectBox } from './SelectBox.tsx'
import { MemoryPlot, ProcessorPlot } from './UsagePlot.tsx'
import { useDrawnBlocks } from './use-drawn-blocks.ts'

const gap = 12

const List = styled('ul')({ margin: 0, padding: 0, listStyle: 'none' })

const Item = styled('li')({ '&:not([data-last])': { paddingBottom: gap } })

const Card = styled(Surface)(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 12,
  padding: '12px 14px 14px',
  '&[data-selected]': {
    borderColor: theme.vars.palette.primary.main,
    backgroundColor: theme.vars.palette.primary.soft,
  },
  '& > header': {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: 8,
    alignItems: 'start',
  },
  '& > header > label': { margin: '-4px -8px 0 0' },
})) as typeof Surface

const Facts = styled('dl')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(112px, 1fr))',
  gap: '10px 16px',
  margin: 0,
  fontVariantNumeric: 'tabular-nums',
  '& dt': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
  '& dd': { margin: '2px 0 0', minWidth: 0 },
}))

/** On a phone: an instance a card, with the same facts as a row of the table. */
export function InstanceCards(rows: InstanceRows) {
  const { instances, selected, usage, startSeconds, onSelect, onChanged, onDrawn } = rows
  const list = useRef<HTMLUListElement>(null)
  const view = useRowsInView<HTMLLIElement>(list, {
    count: instances.length,
    kind: 'instance cards',
    estimate: 260,
    gap: 0,
    keyOf: (row) => instances[row]?.id ?? String(row),
    overscan: 3,
  })
  useDrawnBlocks(view.from, view.to, onDrawn)
  return (
    <List ref={list} style={{ paddingTop: view.before, paddingBottom: view.after }}>
      {instances.slice(view.from, view.to).map((instance, offset) => {
        const index = view.from + offset
        const { id, app, status, createdAt } = instance
        const isSelected = selected.has(id)
        return (
          <Item
            key={id}
            ref={view.measure}
            data-index={index}
            data-last={index === instances.length - 1 ? '' : undefined}
            aria-setsize={instances.length}
            aria-posinset={index + 1}
          >
            <Card
              aria-label={`${app.title} ${app.version}`}
              data-selected={isSelected ? '' : undefined}
            >
              <header>
                <InstanceApp instance={instance} detailTo={rows.detailTo(id)} />
                <SelectBox
                  label={`Select ${app.title} ${app.version}`}
                  checked={isSelected}
                  onChange={(checked, shift) => onSelect(id, checked, shift)}
                />
              </header>
              <div>
                <InstanceState instance={instance} startSeconds={startSeconds} />
              </div>
              <Facts>
                {usage !== null && status === 'DEPLOYED' && (
                  <>
                    <Fact term="Memory">
                      <MemoryPlot instance={instance} usage={usage.get(id)} />
                    </Fact>
                    <Fact term="Processor">
                      <ProcessorPlot instance={instance} usage={usage.get(id)} />
                    </Fact>
                  </>
                )}
                <Fact term="Open to">
                  <InstanceAddress instance={instance} />
                </Fact>
                {(status === 'DEPLOYED' || status === 'SUSPENDED') && (
                  <Fact term="Pauses">
                    <PauseCountdown instance={instance} />
                  </Fact>
                )}
                <Fact term="Age">
                  <RelativeTime time={createdAt} style="short" />
                </Fact>
              </Facts>
              <InstanceActions
                instance={instance}
                logTo={rows.logTo(id)}
                align="end"
                onChanged={onChanged}
              />
            </Card>
          </Item>
        )
      })}
    </List>
  )
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
