import { sameValue, type TagField, tagFields, type TagValues } from './tag-values.ts'

/** A field that two people have changed, or one of them. */
export type FieldEdit<Field extends TagField = TagField> = {
  readonly field: Field
  readonly base: TagValues[Field]
  readonly theirs: TagValues[Field]
  readonly mine: TagValues[Field]
  /** Whose change it is; `both`: each another, and somebody has to choose. */
  readonly by: 'theirs' | 'mine' | 'both'
}

export type Side = 'theirs' | 'mine'

/** What became of a tag since two people began from the same state of it. Where they did the same, there is nothing to tell. */
export function editsOf(base: TagValues, theirs: TagValues, mine: TagValues): FieldEdit[] {
  return tagFields.flatMap((field): FieldEdit[] => {
    const isTheirs = !sameValue(base[field], theirs[field])
    const isMine = !sameValue(base[field], mine[field])
    if ((!isTheirs && !isMine) || sameValue(theirs[field], mine[field])) return []
    const by = isTheirs && isMine ? 'both' : isTheirs ? 'theirs' : 'mine'
    return [{ field, base: base[field], theirs: theirs[field], mine: mine[field], by }]
  })
}

/** The tag as it would be with each edit as chosen; an edit by one side alone is taken unless another side is chosen. */
export function joined(
  theirs: TagValues,
  edits: readonly FieldEdit[],
  choices: Readonly<Partial<Record<TagField, Side>>>,
): TagValues {
  const taken = edits.map((edit) => {
    const side = choices[edit.field] ?? (edit.by === 'mine' ? 'mine' : 'theirs')
    return [edit.field, edit[side]] as const
  })
  return { ...theirs, ...Object.fromEntries(taken) }
}
