import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useMutation } from '@tanstack/react-query'
import type { Me } from '../../api/generated/types.gen.ts'
import { Link } from 'react-router'
import { signOutOptions } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { describeError } from '../../ui/describe-error.ts'
import { accessWords } from './access-words.ts'
import { Person } from './Person.ts'
import { ThemeChoice } from './ThemeChoice.tsx'

const Failure = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  margin: 0,
  color: theme.vars.palette.error.main,
}))

/** The page behind it is what they asked for now. */
function closePanel({ currentTarget }: { currentTarget: HTMLElement }): void {
  currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
}

/** What the account's menu holds: who one is, the theme, the way out. */
export function AccountPanel({ me }: { me: Me }) {
  const signOut = useMutation(signOutOptions())
  const { user } = me

  return (
    <>
      {user !== null && (
        <Person>
          <b>{user.name}</b>
          {user.email !== null && <span>{user.email}</span>}
          <span>{accessWords(me)}</span>
        </Person>
      )}
      <ThemeChoice />
      <Button component={Link} to={paths.environment()} onClick={closePanel}>
        About this platform
      </Button>
      {user !== null && (
        <Button onClick={() => signOut.mutate()} aria-disabled={signOut.isPending}>
          {signOut.isPending ? 'Signing out…' : 'Sign out'}
        </Button>
      )}
      {signOut.isError && <Failure role="alert">{describeError(signOut.error).message}</Failure>}
    </>
  )
}
