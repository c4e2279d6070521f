import { styled } from '@mui/material/styles'
import type { TagDetail } from '../../api/generated/types.gen.ts'

const Root = styled('fieldset')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  gap: '6px 16px',
  minWidth: 0,
  margin: 0,
  padding: 0,
  border: 0,
  '& legend': {
    ...theme.typography.caption,
    padding: 0,
    marginBottom: 6,
    color: theme.vars.palette.text.tertiary,
  },
  '& label': { display: 'flex', alignItems: 'center', gap: 6, minHeight: 28, cursor: 'pointer' },
  '& input': { margin: 0, accentColor: theme.vars.palette.primary.main },
}))

type Props = {
  tags: readonly TagDetail[]
  chosen: readonly string[]
  onChange: (roles: string[]) => void
}

/** The roles of a visitor; those that some tag opens apps to, as no other makes a difference. */
export function RoleChoice({ tags, chosen, onChange }: Props) {
  const roles = [...new Set(tags.flatMap((tag) => tag.visitorRoles))].toSorted()
  if (roles.length === 0) return <p style={{ margin: 0 }}>No tag opens apps to visitors here.</p>
  return (
    <Root>
      <legend>With the roles</legend>
      {roles.map((role) => (
        <label key={role}>
          <input
            type="checkbox"
            checked={chosen.includes(role)}
            onChange={(event) =>
              onChange(
                event.target.checked ? [...chosen, role] : chosen.filter((each) => each !== role),
              )
            }
          />
          {role}
        </label>
      ))}
    </Root>
  )
}
