import { styled } from '@mui/material/styles'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'
import type { Environment } from '../../api/generated/types.gen.ts'
import { addChoice } from '../../features/bundles/add-choice.ts'
import type { ChosenFile } from '../../features/bundles/chosen.ts'
import { type ImportQueue, useQueueState } from '../../features/bundles/import-queue.ts'
import { fileSize } from '../../rules/amounts.ts'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useAnnouncement } from '../../ui/use-announcement.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { BundlePanel } from './BundlePanel.tsx'
import { ChooseBundles } from './ChooseBundles.tsx'
import { withoutPlace } from './file-place.ts'
import { itemAnnouncement } from './item-words.ts'
import { ImportWelcome } from './newcomers/ImportWelcome.tsx'
import { QueueList } from './QueueList.tsx'
import { RejectedList } from './RejectedList.tsx'

const Columns = styled('div')({
  display: 'grid',
  gap: 24,
  gridTemplateColumns: 'minmax(0, 1fr)',
  alignItems: 'start',
  '@media (min-width: 1240px)': {
    '&[data-several]': { gridTemplateColumns: '232px minmax(0, 1fr)' },
  },
})

type Props = { queue: ImportQueue; environment: Environment }

/** The list of chosen bundles, and the one that is looked at. */
export function ImportDesk({ queue, environment }: Props) {
  const { items, rejected } = useQueueState(queue)
  const client = useQueryClient()
  const [params, setParams] = useSearchParams()
  const list = useRef<HTMLDivElement>(null)
  const chooseButton = useRef<HTMLButtonElement>(null)
  const shown = items.find(({ id }) => id === params.get('bundle')) ?? items[0]
  const said = useAnnouncement(
    items.map((item) => ({ key: item.id, words: itemAnnouncement(item) })),
  )

  useEffect(() => queue.warmUp(), [queue])

  function show(id: string | null) {
    const next = withoutPlace(params)
    if (id === null) next.delete('bundle')
    else next.set('bundle', id)
    setParams(next, { replace: true, preventScrollReset: true })
  }

  function choose(chosen: ChosenFile[]) {
    const [first] = addChoice(client, queue.userId, environment, chosen, fileSize)
    if (first !== undefined) show(first)
  }

  /** What the page made itself. The button that was pressed goes with its part of the page. */
  function chooseMade(files: readonly File[]) {
    choose(files.map((file) => ({ path: file.name, file })))
    chooseButton.current?.focus()
  }

  function remove(id: string) {
    const at = items.findIndex((item) => item.id === id)
    const next = items[at + 1] ?? items[at - 1]
    queue.remove(id)
    show(next?.id ?? null)
    // The button went with the bundle; what is read next is the list, or the page.
    list.current?.focus()
  }

  return (
    <Page title="Import">
      <PageHeader
        title="Import"
        lead="See what is in a bundle and how it will look, mend it, and import it. Nothing is sent before you say so."
      />
      <ChooseBundles compact={items.length > 0} buttonRef={chooseButton} onChoose={choose} />
      {rejected.length > 0 && (
        <RejectedList
          rejected={rejected}
          onDismiss={() => {
            queue.dismissRejected()
            list.current?.focus()
          }}
        />
      )}
      <div ref={list} tabIndex={-1} style={{ outline: 'none' }}>
        {shown !== undefined && (
          <Columns data-several={items.length > 1 ? '' : undefined}>
            {items.length > 1 && <QueueList items={items} shown={shown.id} onShow={show} />}
            <BundlePanel
              key={shown.id}
              item={shown}
              queue={queue}
              environment={environment}
              next={nextToImport(items, shown.id)}
              onShow={show}
              onRemove={() => remove(shown.id)}
            />
          </Columns>
        )}
      </div>
      {shown === undefined && <ImportWelcome onFiles={chooseMade} />}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </Page>
  )
}

type Items = ReturnType<ImportQueue['snapshot']>['items']

function nextToImport(items: Items, shown: string): string | null {
  return items.find(({ id, transfer }) => id !== shown && transfer.kind === 'none')?.id ?? null
}
