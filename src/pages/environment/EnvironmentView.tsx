import { styled } from '@mui/material/styles'
import { Fragment, type ReactNode } from 'react'
import type { Environment } from '../../api/generated/types.gen.ts'
import { duration, fileSize } from '../../rules/amounts.ts'
import { Banner } from '../../ui/Banner.tsx'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { confinementWords } from './confinement-words.ts'

const Sections = styled('div')({ display: 'grid', gap: 20, maxWidth: 880 })

const Part = styled(Surface)(({ theme }) => ({
  overflow: 'hidden',
  '& h2': { ...theme.typography.h2, margin: 0, padding: '16px 20px 12px' },
}))

const List = styled('dl')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gridTemplateColumns: '1fr',
  gap: '2px 24px',
  margin: 0,
  padding: '8px 20px 16px',
  '& dt': { color: theme.vars.palette.text.tertiary },
  '& dd': {
    margin: '0 0 10px',
    overflowWrap: 'anywhere',
    fontVariantNumeric: 'tabular-nums',
    color: theme.vars.palette.text.primary,
  },
  [theme.breakpoints.up('sm')]: { gridTemplateColumns: '220px 1fr', rowGap: 6 },
}))

const Line = styled('div')({ padding: '0 20px 16px' })

type Row = readonly [term: string, value: ReactNode]

function Rows({ rows }: { rows: readonly Row[] }) {
  return (
    <List>
      {rows.map(([term, value]) => (
        <Fragment key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </List>
  )
}

export function EnvironmentView({ environment }: { environment: Environment }) {
  const { limits, runtimes, profiles, cli, scheduler, signIn } = environment
  const { tone, title, text } = confinementWords(environment)
  return (
    <Sections>
      <Part aria-labelledby="how-apps-run">
        <h2 id="how-apps-run">How apps run</h2>
        <Banner tone={tone} title={title}>
          {text}
        </Banner>
        <Rows
          rows={[
            [
              'Apps are',
              scheduler === 'process'
                ? 'Processes of the machine that the platform runs on'
                : 'Simulated: starting one shows its steps, and a page that says what it was asked',
            ],
            ['Python', runtimes.map((each) => each.title).join(', ') || 'None found'],
            ['Launch profiles', profiles.map((each) => each.title).join(', ')],
          ]}
        />
      </Part>
      <Part aria-labelledby="limits">
        <h2 id="limits">Limits</h2>
        <Rows
          rows={[
            [
              'Running at once',
              `${limits.instancesPerUser} instances for each person, ${limits.instancesPerVisitor} for a visitor`,
            ],
            ['Until an app answers', duration(limits.startSeconds)],
            ['Largest bundle', fileSize(limits.bundleBytes)],
            ['Versions of an app', `${limits.versionsPerName} for each author`],
            ['Public apps', environment.publicMode ? 'Can be published' : 'Switched off'],
          ]}
        />
      </Part>
      <Part aria-labelledby="command-line">
        <h2 id="command-line">Command line</h2>
        <Line>
          <CommandLine command="h2o config setup" />
        </Line>
        <Rows
          rows={[
            ['Endpoint URL', cli.endpointUrl],
            ...(cli.oidcUrl === null ? [] : [['OIDC URL', cli.oidcUrl] as const]),
            ...(cli.clientId === null ? [] : [['Client ID', cli.clientId] as const]),
            [
              'People sign in',
              `As one of ${signIn.personas.length} personas, on this machine alone`,
            ],
          ]}
        />
      </Part>
    </Sections>
  )
}
