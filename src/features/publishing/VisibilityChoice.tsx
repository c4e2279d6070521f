import { styled } from '@mui/material/styles'
import { useId } from 'react'
import type { AppVisibility } from '../../api/generated/types.gen.ts'
import { radius } from '../../ui/tokens.ts'

const Root = styled('fieldset')(({ theme }) => ({
  display: 'grid',
  gap: 6,
  minWidth: 0,
  margin: 0,
  padding: 0,
  border: 0,
  '& legend': { ...theme.typography.h3, padding: 0, marginBottom: 8 },
  '& label': {
    ...theme.typography.body2,
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: '0 10px',
    padding: '8px 12px',
    border: `1px solid ${theme.vars.palette.line.strong}`,
    borderRadius: radius.control,
    cursor: 'pointer',
  },
  '& label:has(:checked)': {
    borderColor: theme.vars.palette.primary.main,
    backgroundColor: theme.vars.palette.primary.soft,
  },
  '& label:has(:focus-visible)': {
    outline: `2px solid ${theme.vars.palette.primary.main}`,
    outlineOffset: 2,
  },
  '& input': { margin: '3px 0 0', accentColor: theme.vars.palette.primary.main, outline: 'none' },
  '& b': { fontWeight: 500 },
  '& small': {
    ...theme.typography.caption,
    display: 'block',
    color: theme.vars.palette.text.secondary,
  },
}))

type Choice = { value: AppVisibility; label: string; meaning: string }

const onlyOwner = (owner: string): Choice => ({
  value: 'PRIVATE',
  label: `Only ${owner}`,
  meaning: 'Nobody else sees and runs it. Admins see that it is there.',
})

const choices: Choice[] = [
  {
    value: 'PRIVATE',
    label: 'Only me',
    meaning: 'You alone see and run it. Admins see that it is there.',
  },
  {
    value: 'ALL_USERS',
    label: 'All users',
    meaning: 'Everybody with full access, and visitors whose role one of its tags opens it to.',
  },
  {
    value: 'PUBLIC',
    label: 'Everybody',
    meaning: 'Listed also for people who haven’t signed in; running it needs signing in.',
  },
]

type Props = {
  value: AppVisibility
  /** Whether this platform has public apps. */
  publicMode: boolean
  onChange: (value: AppVisibility) => void
  /** Whose app it is, where it isn’t the person’s own. */
  owner?: string
}

/** Who shall see the app, with what each choice means here. */
export function VisibilityChoice({ value, publicMode, onChange, owner }: Props) {
  const name = useId()
  return (
    <Root>
      <legend>Who sees it</legend>
      {choices
        .filter((choice) => choice.value !== 'PUBLIC' || publicMode)
        .map((choice) =>
          choice.value === 'PRIVATE' && owner !== undefined ? onlyOwner(owner) : choice,
        )
        .map((choice) => (
          <label key={choice.value} aria-label={choice.label}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            <span>
              <b>{choice.label}</b>
              <small>{choice.meaning}</small>
            </span>
          </label>
        ))}
    </Root>
  )
}
