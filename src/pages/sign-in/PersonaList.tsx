import { styled } from '@mui/material/styles'
import type { Persona } from '../../api/generated/types.gen.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { radius } from '../../ui/tokens.ts'

export const List = styled('ul')(({ theme }) => ({
  margin: 0,
  padding: 0,
  listStyle: 'none',
  overflow: 'hidden',
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.l,
  backgroundColor: theme.vars.palette.background.paper,
  '& li + li': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
}))

const Choice = styled('button')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: '36px minmax(0, 1fr) auto 20px',
  alignItems: 'center',
  gap: 14,
  width: '100%',
  padding: '13px 16px',
  border: 0,
  background: 'none',
  color: 'inherit',
  font: 'inherit',
  textAlign: 'start',
  cursor: 'pointer',
  '&:hover, &[aria-busy="true"]': { backgroundColor: theme.vars.palette.background.sunken },
  '&:focus-visible': { outlineOffset: -3, borderRadius: radius.l },
  '&[aria-disabled="true"]:not([aria-busy="true"])': { opacity: 0.6, cursor: 'default' },
  '& > svg': { color: theme.vars.palette.text.tertiary },
  '& > span:first-of-type': { width: 36, height: 36, fontSize: 14 },
  [theme.breakpoints.down('sm')]: {
    gridTemplateColumns: '36px minmax(0, 1fr) 20px',
    '& > span:first-of-type, & > svg': { gridRow: '1 / span 2' },
    '& > svg': { gridColumn: 3 },
  },
}))

const About = styled('span')(({ theme }) => ({
  ...theme.typography.body2,
  color: theme.vars.palette.text.secondary,
  '& > b': {
    ...theme.typography.body1,
    display: 'block',
    fontWeight: 600,
    color: theme.vars.palette.text.primary,
  },
}))

const AccessWord = styled('span')(({ theme }) => ({
  ...theme.typography.caption,
  color: theme.vars.palette.text.tertiary,
  whiteSpace: 'nowrap',
  [theme.breakpoints.down('sm')]: { gridColumn: 2, marginTop: -10 },
}))

function accessOf({ access, admin }: Persona): string {
  if (admin) return 'Admin'
  return access === 'visitor' ? 'Visitor' : 'Full access'
}

type Props = {
  personas: Persona[]
  /** The one that is being signed in. */
  pending: string | null
  onChoose: (personaId: string) => void
}

export function PersonaList({ personas, pending, onChoose }: Props) {
  if (personas.length === 0) {
    return (
      <EmptyState title="Nobody to sign in as">
        Personas are offered only to browsers on the machine that the platform runs on.
      </EmptyState>
    )
  }
  return (
    <List>
      {personas.map((persona) => (
        <li key={persona.id}>
          <Choice
            type="button"
            onClick={() => onChoose(persona.id)}
            aria-busy={pending === persona.id}
            aria-disabled={pending !== null}
          >
            <Avatar id={persona.id} name={persona.name} />
            <About>
              <b>{persona.name}</b>
              {pending === persona.id ? 'Signing in…' : persona.summary}
            </About>
            <AccessWord>{accessOf(persona)}</AccessWord>
            <Icon name="arrow" size={18} />
          </Choice>
        </li>
      ))}
    </List>
  )
}
