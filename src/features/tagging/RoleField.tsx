import { styled } from '@mui/material/styles'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { type Control, useController } from 'react-hook-form'
import type { Role } from '../../api/generated/types.gen.ts'
import { FormField } from '../../ui/FormField.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { radius } from '../../ui/tokens.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { counted } from './counted.ts'
import type { TagValues } from './tag-values.ts'

const Box = styled('div')(({ theme }) => ({
  ...theme.typography.body1,
  position: 'relative',
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 6,
  minHeight: 40,
  padding: '5px 8px',
  border: `1px solid ${theme.vars.palette.line.control}`,
  borderRadius: radius.control,
  backgroundColor: theme.vars.palette.background.paper,
  '&[data-invalid]': { borderColor: theme.vars.palette.error.main },
  '&:focus-within': {
    borderColor: theme.vars.palette.primary.main,
    outline: `1px solid ${theme.vars.palette.primary.main}`,
  },
  '& > input': {
    ...theme.typography.body1,
    flex: '1 1 96px',
    minWidth: 0,
    height: 28,
    padding: '0 4px',
    border: 0,
    outline: 'none',
    background: 'none',
    color: 'inherit',
    fontFamily: 'inherit',
    '&:focus-visible': { outline: 'none' },
    '&::placeholder': { color: theme.vars.palette.text.tertiary, opacity: 1 },
  },
}))

const Chosen = styled('ul')({ display: 'contents', margin: 0, padding: 0, listStyle: 'none' })

const Token = styled('li')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'inline-flex',
  alignItems: 'center',
  maxWidth: '100%',
  borderRadius: radius.s,
  backgroundColor: theme.vars.palette.idle.soft,
  '& > span:first-of-type': {
    padding: '3px 0 3px 8px',
    fontFamily: 'var(--wd-mono)',
    fontSize: 12.5,
    overflowWrap: 'anywhere',
  },
  '& button': {
    display: 'grid',
    placeItems: 'center',
    flex: 'none',
    width: 28,
    height: 28,
    padding: 0,
    border: 0,
    borderRadius: radius.s,
    background: 'none',
    color: theme.vars.palette.text.secondary,
    cursor: 'pointer',
    '&:hover': { color: theme.vars.palette.text.primary },
  },
}))

const Suggestions = styled('div')(({ theme }) => ({
  position: 'absolute',
  zIndex: 4,
  inset: 'calc(100% + 4px) -1px auto',
  maxHeight: 240,
  overflowY: 'auto',
  margin: 0,
  padding: 4,
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.control,
  backgroundColor: theme.vars.palette.background.paper,
  boxShadow: theme.vars.palette.floating.shadow,
  '& > div': {
    ...theme.typography.body2,
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: '0 12px',
    padding: '7px 10px',
    borderRadius: radius.s,
    cursor: 'pointer',
    overflowWrap: 'anywhere',
  },
  '& [aria-selected="true"]': { backgroundColor: theme.vars.palette.primary.soft },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12.5 },
  '& small': { ...theme.typography.caption, color: theme.vars.palette.text.secondary },
}))

/** More would be scrolled past; typing finds the others. */
const shownAtMost = 50

type Props = {
  control: Control<TagValues>
  name: 'adminRoles' | 'visitorRoles'
  label: string
  hint: string
  /** The roles that the platform has seen so far. */
  known: readonly Role[]
}

/** Roles, chosen among those seen so far or typed: the sign-in provider may have others. */
export function RoleField({ control, name, label, hint, known }: Props) {
  const {
    field: { ref, value: roles, onChange, onBlur },
    fieldState,
  } = useController({ control, name })
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const listId = useId()
  const input = useRef<HTMLInputElement | null>(null)
  const typed = text.trim()
  const wanted = typed.toLowerCase()
  const found = known
    .filter((role) => !roles.includes(role.name) && role.name.toLowerCase().includes(wanted))
    .slice(0, shownAtMost)
  const isKnown = (role: string) => known.some((each) => each.name === role)
  const offersTyped = typed !== '' && !roles.includes(typed) && !isKnown(typed)
  const options = [
    ...found.map((role) => ({ role: role.name, note: noteOf(role) })),
    ...(offersTyped ? [{ role: typed, note: 'not seen so far; add it as typed' }] : []),
  ]
  const shown = isOpen && options.length > 0
  const current = active < options.length ? active : -1

  function add(role: string) {
    if (!roles.includes(role)) onChange([...roles, role])
    setText('')
    setActive(-1)
  }
  function remove(role: string) {
    onChange(roles.filter((each) => each !== role))
    input.current?.focus()
  }
  function pressed(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      const last = options.length - 1
      const next = current + step
      setActive(next < 0 ? last : next > last ? 0 : next)
    } else if (event.key === 'Enter' || (event.key === ',' && typed !== '')) {
      const picked = event.key === 'Enter' ? options[current]?.role : undefined
      const role = picked ?? typed
      // With nothing typed, Enter is the form's.
      if (role === '') return
      event.preventDefault()
      add(role)
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
    } else if (event.key === 'Backspace' && text === '') {
      const last = roles.at(-1)
      if (last !== undefined) onChange(roles.slice(0, -1))
    }
  }

  return (
    <FormField label={label} hint={hint} error={fieldState.error?.message}>
      {(props) => (
        <Box data-invalid={props['aria-invalid'] ? '' : undefined}>
          <Chosen aria-label={`${label} chosen`}>
            {roles.map((role) => (
              <Token key={role}>
                <span>{role}</span>
                <button type="button" aria-label={`Remove ${role}`} onClick={() => remove(role)}>
                  <Icon name="close" size={14} />
                </button>
              </Token>
            ))}
          </Chosen>
          <input
            {...props}
            ref={(element) => {
              input.current = element
              ref(element)
            }}
            role="combobox"
            aria-expanded={shown}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={shown && current >= 0 ? `${listId}-${current}` : undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            placeholder={roles.length === 0 ? 'Type a role' : ''}
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              setOpen(true)
              setActive(-1)
            }}
            onFocus={() => setOpen(true)}
            onBlur={() => {
              setOpen(false)
              // Nothing that was typed is lost for want of an Enter.
              if (typed !== '') add(typed)
              onBlur()
            }}
            onKeyDown={pressed}
          />
          <Suggestions
            id={listId}
            role="listbox"
            aria-label={`Roles for ${label}`}
            hidden={!shown}
            // The focus stays in the field.
            onPointerDown={(event) => event.preventDefault()}
            onMouseDown={(event) => event.preventDefault()}
          >
            {options.map(({ role, note }, index) => (
              // The field has the keys.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={role}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === current}
                ref={index === current ? scrollNear : undefined}
                onClick={() => add(role)}
                onPointerMove={() => setActive(index)}
              >
                <code>{role}</code>
                <small>{note}</small>
              </div>
            ))}
          </Suggestions>
          <VisuallyHidden role="status">
            {shown ? `${options.length} roles to choose from` : ''}
          </VisuallyHidden>
        </Box>
      )}
    </FormField>
  )
}

function scrollNear(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}

function noteOf({ adminOf, visitorOf, people }: Role): string {
  return [
    adminOf === 0 ? '' : `admins of ${counted(adminOf, 'tag')}`,
    visitorOf === 0 ? '' : `visitors of ${counted(visitorOf, 'tag')}`,
    people === null || people === 0 ? '' : counted(people, 'person', 'people'),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}
