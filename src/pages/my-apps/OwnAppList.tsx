import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { App } from '../../api/generated/types.gen.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { radius } from '../../ui/tokens.ts'
import { withinPage } from '../../ui/within-page.ts'
import { BulkDeleteDialog } from './BulkDeleteDialog.tsx'
import { BulkVisibilityDialog } from './BulkVisibilityDialog.tsx'
import { findApps, type OwnApp } from './own-apps.ts'
import { OwnAppRow } from './OwnAppRow.tsx'
import { SelectionBar } from '../../ui/SelectionBar.ts'

const Search = styled('input')(({ theme }) => ({
  ...theme.typography.body1,
  width: '100%',
  height: 42,
  marginBottom: 16,
  padding: '0 14px',
  border: `1px solid ${theme.vars.palette.line.control}`,
  borderRadius: radius.m,
  color: 'inherit',
  fontFamily: 'inherit',
  backgroundColor: theme.vars.palette.background.paper,
}))

const List = styled('ul')({ margin: 0, padding: 0, listStyle: 'none' })

type Asking = 'nothing' | 'PRIVATE' | 'ALL_USERS' | 'delete'

/** The author's apps by name; chosen versions are changed together. */
export function OwnAppList({ apps }: { apps: readonly OwnApp[] }) {
  const [params, setParams] = useSearchParams()
  // Typing leads and the address follows, so that no letter waits for it.
  const [text, setText] = useState(() => params.get('q') ?? '')
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<Asking>('nothing')
  const shown = findApps(apps, text)
  // What was deleted meanwhile, in another tab too, isn't chosen any more.
  const chosen: App[] = apps
    .flatMap(({ versions }) => versions)
    .filter(({ id }) => chosenIds.has(id))
  const search = (wanted: string) => {
    setText(wanted)
    setParams(wanted.trim() === '' ? {} : { q: wanted }, {
      replace: true,
      preventScrollReset: true,
      state: withinPage,
    })
  }
  const choose = (ids: readonly string[], isChosen: boolean) =>
    setChosenIds((before) => {
      const after = new Set(before)
      for (const id of ids) {
        if (isChosen) after.add(id)
        else after.delete(id)
      }
      return after
    })
  const done = () => {
    setAsking('nothing')
    setChosenIds(new Set())
  }
  return (
    <>
      <Search
        type="search"
        aria-label="Search your apps"
        placeholder="Search by title, name or version"
        value={text}
        onChange={(event) => search(event.target.value)}
      />
      {shown.length === 0 ? (
        <EmptyState
          title={`None of your apps is called “${text.trim()}”`}
          actions={<Button onClick={() => search('')}>Show all {apps.length}</Button>}
        />
      ) : (
        <Surface>
          <List aria-label="Your apps">
            {shown.map((app) => (
              <OwnAppRow key={app.name} app={app} chosen={chosenIds} onChoose={choose} />
            ))}
          </List>
        </Surface>
      )}
      {chosen.length > 0 && (
        <SelectionBar role="group" aria-label="With the chosen versions">
          <output>
            <b>{chosen.length === 1 ? '1 version' : `${chosen.length} versions`} chosen</b>
          </output>
          <Button size="small" onClick={() => setAsking('ALL_USERS')}>
            Show to all users…
          </Button>
          <Button size="small" onClick={() => setAsking('PRIVATE')}>
            Make private…
          </Button>
          <Button size="small" color="error" onClick={() => setAsking('delete')}>
            Delete…
          </Button>
          <Button size="small" variant="text" onClick={done}>
            Clear
          </Button>
        </SelectionBar>
      )}
      {(asking === 'PRIVATE' || asking === 'ALL_USERS') && (
        <BulkVisibilityDialog
          apps={chosen}
          to={asking}
          onDone={done}
          onClose={() => setAsking('nothing')}
        />
      )}
      {asking === 'delete' && (
        <BulkDeleteDialog apps={chosen} onDone={done} onClose={() => setAsking('nothing')} />
      )}
    </>
  )
}
