import { styled } from '@mui/material/styles'
import { type ReactNode, useContext, useEffect, useRef } from 'react'
import { PageFrame } from './page-frame.ts'

const Root = styled('header')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'flex-start',
  justifyContent: 'space-between',
  gap: '16px 24px',
  marginBottom: 20,
  '& h1': { ...theme.typography.h1, margin: 0, outline: 'none', overflowWrap: 'anywhere' },
}))

const Lead = styled('div')({ display: 'flex', gap: 16, minWidth: 0, flex: '1 1 240px' })

const Text = styled('div')(({ theme }) => ({
  minWidth: 0,
  '& > [data-lead]': {
    ...theme.typography.body1,
    color: theme.vars.palette.text.secondary,
    margin: '4px 0 0',
  },
}))

const Actions = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  minHeight: 36,
  color: theme.vars.palette.text.tertiary,
  fontVariantNumeric: 'tabular-nums',
}))

type Props = {
  title: string
  /** One line under the title; a sentence, or meta data. */
  lead?: ReactNode
  icon?: ReactNode
  /** Right of the title: buttons, or a count. */
  actions?: ReactNode
}

export function PageHeader({ title, lead, icon, actions }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { headingAppeared } = useContext(PageFrame)
  useEffect(() => {
    if (heading.current !== null) headingAppeared(heading.current)
  }, [headingAppeared])
  return (
    <Root>
      <Lead>
        {icon}
        <Text>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <div data-lead="">{lead}</div>}
        </Text>
      </Lead>
      {actions !== undefined && <Actions>{actions}</Actions>}
    </Root>
  )
}
