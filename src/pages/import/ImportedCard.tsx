import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { appOptions, updateAppOptions } from '../../api/apps.ts'
import { environmentOptions } from '../../api/environment.ts'
import type { App, Instance, SkippedTag } from '../../api/generated/types.gen.ts'
import { myInstancesOptions } from '../../api/instances.ts'
import { useActor } from '../../api/session.ts'
import type { RunAfter } from '../../features/bundles/queue-item.ts'
import { PrimaryActionButton } from '../../features/launch/PrimaryActionButton.tsx'
import { paths } from '../../paths.ts'
import { commands } from '../../rules/commands.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { describeError } from '../../ui/describe-error.ts'
import { Icon } from '../../ui/Icon.tsx'
import { VisibilityChoice } from '../../features/publishing/VisibilityChoice.tsx'
import { SkippedTags } from './SkippedTags.tsx'

const Root = styled('section')(({ theme }) => ({
  display: 'grid',
  gap: 14,
  minWidth: 0,
  '& > header': { display: 'flex', gap: 8, alignItems: 'center' },
  '& > header svg': { color: theme.vars.palette.success.main },
  '& h3': { outline: 'none' },
  '& p': { ...theme.typography.body2, margin: 0, color: theme.vars.palette.text.secondary },
}))

const Buttons = styled('div')({ display: 'flex', flexWrap: 'wrap', gap: 8 })

const Failure = styled('p')(({ theme }) => ({ '&&': { color: theme.vars.palette.error.main } }))

type Props = {
  app: App
  run: RunAfter
  next: string | null
  onShow: (id: string) => void
}

const none: Instance[] = []
const noTags: SkippedTag[] = []

/** It is in the catalog; what people do next. */
export function ImportedCard({ app: imported, run, next, onShow }: Props) {
  const actor = useActor()
  const { data: app = imported } = useQuery(appOptions(imported.id))
  const { data: mine } = useQuery(myInstancesOptions(actor.userId))
  const { data: environment } = useQuery(environmentOptions())
  const share = useMutation(updateAppOptions())
  const heading = useRef<HTMLHeadingElement>(null)
  const own = mine?.instances.filter((instance) => instance.app.id === app.id) ?? none

  // The buttons of the upload are gone, and with them the focus.
  useEffect(() => {
    const active = document.activeElement
    if (active?.contains(heading.current)) heading.current?.focus({ preventScroll: true })
  }, [])

  return (
    <Root>
      <header>
        <Icon name="ok" />
        <h3 ref={heading} tabIndex={-1}>
          Imported
        </h3>
      </header>
      <p>
        {app.title} {app.version} is in the catalog.
      </p>
      <SkippedTags tags={imported.skippedTags ?? noTags} />
      {run.kind === 'failed' && (
        <Failure role="alert">It could not be started: {describeError(run.error).message}</Failure>
      )}
      <Buttons>
        <Button component={Link} to={paths.app(app.id)}>
          Open
        </Button>
        {next !== null && <Button onClick={() => onShow(next)}>Go on with the next</Button>}
      </Buttons>
      <PrimaryActionButton app={app} own={own} layout="card" />
      <VisibilityChoice
        value={app.visibility}
        publicMode={environment?.publicMode ?? false}
        onChange={(visibility) => share.mutate({ appId: app.id, visibility })}
      />
      {share.isError && <Failure role="alert">{describeError(share.error).message}</Failure>}
      <CommandLine command={commands.updateApp(app.id, app.visibility)} />
    </Root>
  )
}
