import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type Control, useController, type UseFormReturn, useWatch } from 'react-hook-form'
import { rolesOptions } from '../../api/tags.ts'
import { isOpenDoor } from '../../rules/tags.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { TextArea, TextInput } from '../../ui/TextInput.ts'
import { ColorField } from './ColorField.tsx'
import { Caution } from './ImpactReport.tsx'
import { RoleField } from './RoleField.tsx'
import { nameFrom, type TagValues } from './tag-values.ts'

const Root = styled('form')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 20,
  padding: '20px 16px',
  [theme.breakpoints.up('sm')]: { padding: 24 },
}))

const Columns = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 320px), 1fr))',
  alignItems: 'start',
  gap: '20px 32px',
})

const Column = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 18,
  minWidth: 0,
})

const Switch = styled('label')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gridTemplateColumns: 'auto minmax(0, 1fr)',
  gap: '0 10px',
  cursor: 'pointer',
  '& input': {
    width: 18,
    height: 18,
    margin: '1px 0 0',
    accentColor: theme.vars.palette.primary.main,
  },
  '& b': { display: 'block', fontWeight: 600 },
  '& small': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
}))

const Actions = styled('div')({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8 })

type Props = {
  /** Its name for screen readers. */
  label: string
  form: UseFormReturn<TagValues>
  isNew: boolean
  /** Nothing differs from what is saved. */
  isUnchanged: boolean
  /** It is being saved. */
  saving: boolean
  /** Notices above the buttons: what was refused, what changed meanwhile. */
  notices: ReactNode
  /** The line that does the same as Save. */
  command: string
  onSubmit: () => void
  onCancel: () => void
}

/** What a tag is made of. It holds what was typed to the contract, and leaves saving to whoever shows it. */
export function TagForm(props: Props) {
  const { label, form, isNew, isUnchanged, saving, notices, command, onSubmit, onCancel } = props
  const { control } = form
  const { data: roles } = useQuery(rolesOptions())
  const [adminRoles, visitorRoles] = useWatch({ control, name: ['adminRoles', 'visitorRoles'] })
  const known = roles ?? []
  return (
    <Root
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!saving) onSubmit()
      }}
    >
      <Columns>
        <Column>
          <TitleField form={form} namesItself={isNew} />
          <NameField control={control} />
          <DescriptionField control={control} />
          <CategorySwitch control={control} />
        </Column>
        <Column>
          <ColorField control={control} />
          <RoleField
            control={control}
            name="visitorRoles"
            label="Visitor roles"
            hint="Visitors with one of these roles see every app with this tag that is visible to all users. Without any it opens nothing."
            known={known}
          />
          <RoleField
            control={control}
            name="adminRoles"
            label="Admin roles"
            hint="People with one of these roles may edit this tag and put it on apps. Without any, everybody with full access may."
            known={known}
          />
          {isOpenDoor({ adminRoles, visitorRoles }) && (
            <Caution role="status">
              <Icon name="warning" size={18} />
              <span>
                <b>An open door.</b> Without admin roles, everybody with full access can open any
                app that they see to these visitors.
              </span>
            </Caution>
          )}
        </Column>
      </Columns>
      {notices}
      <Actions>
        <Button type="submit" variant="contained" aria-disabled={saving || isUnchanged}>
          {saving ? 'Saving…' : isNew ? 'Create tag' : 'Save changes'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </Actions>
      <CommandLine command={command} />
    </Root>
  )
}

type TitleProps = { form: UseFormReturn<TagValues>; namesItself: boolean }

/** A new tag’s name follows its title until somebody types one. */
function TitleField({ form, namesItself }: TitleProps) {
  const {
    field: { ref, value, onChange, onBlur },
    fieldState,
  } = useController({ control: form.control, name: 'title' })
  return (
    <FormField label="Title" hint="What people read on the chip." error={fieldState.error?.message}>
      {(props) => (
        <TextInput
          {...props}
          ref={ref}
          autoComplete="off"
          maxLength={200}
          value={value}
          onBlur={onBlur}
          onChange={(event) => {
            const follows = namesItself && form.getValues('name') === nameFrom(value)
            onChange(event.target.value)
            if (follows) form.setValue('name', nameFrom(event.target.value))
          }}
        />
      )}
    </FormField>
  )
}

function NameField({ control }: { control: Control<TagValues> }) {
  const {
    field: { ref, value, onChange, onBlur },
    fieldState,
  } = useController({ control, name: 'name' })
  return (
    <FormField
      label="Name"
      hint="What a bundle’s app.toml says under Tags. Letters, digits, “-”, “_” and “.”."
      error={fieldState.error?.message}
    >
      {(props) => (
        <TextInput
          {...props}
          ref={ref}
          data-mono=""
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={200}
          value={value}
          onBlur={onBlur}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FormField>
  )
}

function DescriptionField({ control }: { control: Control<TagValues> }) {
  const {
    field: { ref, value, onChange, onBlur },
    fieldState,
  } = useController({ control, name: 'description' })
  return (
    <FormField
      label="Description"
      hint="When to use it, for whoever assigns it."
      error={fieldState.error?.message}
    >
      {(props) => (
        <TextArea
          {...props}
          ref={ref}
          rows={2}
          value={value}
          onBlur={onBlur}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FormField>
  )
}

function CategorySwitch({ control }: { control: Control<TagValues> }) {
  const {
    field: { ref, value, onChange, onBlur },
  } = useController({ control, name: 'isCategory' })
  return (
    <Switch>
      <input
        ref={ref}
        type="checkbox"
        role="switch"
        aria-checked={value}
        checked={value}
        onBlur={onBlur}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        <b>Category</b>
        <small>It is offered in the catalog’s Category filter.</small>
      </span>
    </Switch>
  )
}
