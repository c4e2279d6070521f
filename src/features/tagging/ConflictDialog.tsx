import { styled } from '@mui/material/styles'
import { useId, useState } from 'react'
import { Chip } from '../../ui/Chip.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { radius } from '../../ui/tokens.ts'
import { type FieldEdit, joined, type Side } from './edits.ts'
import { fieldWords, type TagField, type TagValues } from './tag-values.ts'

const List = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 16,
  margin: '16px 0 0',
  maxHeight: 'min(420px, 52dvh)',
  overflowY: 'auto',
  padding: 2,
})

const Field = styled('fieldset')(({ theme }) => ({
  ...theme.typography.body2,
  minWidth: 0,
  margin: 0,
  padding: 0,
  border: 0,
  '& legend': {
    padding: 0,
    marginBottom: 6,
    fontWeight: 600,
    color: theme.vars.palette.text.primary,
  },
  '& > div': {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 200px), 1fr))',
    gap: 8,
  },
  '& label': {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: '0 10px',
    minWidth: 0,
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
  '& small': { ...theme.typography.caption, display: 'block' },
  '& span': { overflowWrap: 'anywhere', color: theme.vars.palette.text.primary },
}))

type Props = {
  /** The tag as it is now. */
  theirs: TagValues
  edits: readonly FieldEdit[]
  onJoin: (values: TagValues) => void
  onCancel: () => void
}

/** What somebody else saved beside what was typed here, field by field: the person decides which is to be. */
export function ConflictDialog({ theirs, edits, onJoin, onCancel }: Props) {
  const [choices, setChoices] = useState<Partial<Record<TagField, Side>>>(() =>
    Object.fromEntries(
      edits.flatMap(({ field, by }) => (by === 'both' ? [] : [[field, by] as const])),
    ),
  )
  const open = edits.filter(({ field }) => choices[field] === undefined).length
  return (
    <ConfirmDialog
      open
      wide
      title="Somebody else changed this tag meanwhile"
      destructive={false}
      confirmLabel={
        open === 0 ? 'Go on with this' : open === 1 ? '1 left to choose' : `${open} left to choose`
      }
      onCancel={onCancel}
      ready={open === 0}
      onConfirm={() => onJoin(joined(theirs, edits, choices))}
    >
      Nothing of yours is saved yet, and nothing of it is lost. Choose what is to be; you can look
      at it once more before you save.
      <List>
        {edits.map((edit) => (
          <Choice
            key={edit.field}
            edit={edit}
            chosen={choices[edit.field]}
            onChoose={(side) => setChoices({ ...choices, [edit.field]: side })}
          />
        ))}
      </List>
    </ConfirmDialog>
  )
}

type ChoiceProps = {
  edit: FieldEdit
  chosen: Side | undefined
  onChoose: (side: Side) => void
}

function Choice({ edit, chosen, onChoose }: ChoiceProps) {
  const name = useId()
  const words = {
    theirs: edit.by === 'mine' ? 'As it is' : 'What they saved',
    mine: edit.by === 'theirs' ? 'As it was' : 'What you typed',
  }
  return (
    <Field>
      <legend>
        {fieldWords[edit.field]}
        {edit.by === 'both' && ' – changed by both of you'}
      </legend>
      <div>
        {(['theirs', 'mine'] as const).map((side) => (
          <label key={side}>
            <input
              type="radio"
              name={name}
              checked={chosen === side}
              onChange={() => onChoose(side)}
            />
            <span>
              <small>{words[side]}</small>
              <Value value={edit[side]} />
            </span>
          </label>
        ))}
      </div>
    </Field>
  )
}

function Value({ value }: { value: TagValues[TagField] }) {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value !== 'string') return value.length === 0 ? <i>none</i> : value.join(', ')
  if (/^#[0-9a-f]{6}$/i.test(value)) return <Chip title={value} color={value} />
  return value === '' ? <i>empty</i> : value
}
