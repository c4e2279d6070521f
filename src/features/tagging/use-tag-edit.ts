import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { ApiError } from '../../api/errors.ts'
import type { TagDetail, TagPlan } from '../../api/generated/types.gen.ts'
import { createTagOptions, updateTagOptions } from '../../api/tags.ts'
import { chipPalette } from '../../ui/chip-palette.ts'
import { dropDraft, findDraft, keepDraft } from './drafts.ts'
import { editsOf } from './edits.ts'
import { byField, changeOf, tagResolver, type TagValues, tidied, valuesOf } from './tag-values.ts'

/** The draft of a tag that is yet to be made is kept under this. */
export const newTagId = 'new'

const emptyTag: TagValues = {
  name: '',
  title: '',
  color: chipPalette[4].color,
  description: '',
  isCategory: false,
  adminRoles: [],
  visitorRoles: [],
}

type Base = { etag: string; values: TagValues } | null

const baseOf = (tag: TagDetail): Base => ({ etag: tag.etag, values: valuesOf(tag) })

/** What of a change decides who sees an app, or who may assign. */
function planOf(change: Partial<TagValues>): TagPlan | null {
  const { isCategory, adminRoles, visitorRoles } = change
  const plan: TagPlan = {
    ...(isCategory === undefined ? {} : { isCategory }),
    ...(adminRoles === undefined ? {} : { adminRoles }),
    ...(visitorRoles === undefined ? {} : { visitorRoles }),
  }
  return Object.keys(plan).length === 0 ? null : plan
}

type Options = {
  /** Null for a new one. */
  tag: TagDetail | null
  userId: string
  onSaved: (tag: TagDetail) => void
}

/**
 * The making or editing of one tag: the form’s values, the state of the tag that they began from, and the ways in which
 * saving can end. What was typed survives each of them, in the form or as a draft.
 */
export function useTagEdit({ tag, userId, onSaved }: Options) {
  const draftId = tag?.id ?? newTagId
  const [draft] = useState(() => findDraft(userId, draftId))
  const [base, setBase] = useState<Base>(() => draft?.base ?? (tag === null ? null : baseOf(tag)))
  const [isRestored, setRestored] = useState(draft !== null)
  const [plan, setPlan] = useState<TagPlan | null>(null)
  const [conflict, setConflict] = useState<TagDetail | null>(null)
  const create = useMutation(createTagOptions())
  const update = useMutation(updateTagOptions())
  const isFinished = useRef(false)
  const attempt = useRef({ body: '', key: '' })
  const saved = base?.values ?? emptyTag
  const form = useForm<TagValues>({
    defaultValues: draft?.values ?? saved,
    resolver: tagResolver,
    mode: 'onTouched',
  })
  const values = useWatch({ control: form.control, compute: (all: TagValues) => all })
  const change = changeOf(saved, values)
  const isDirty = Object.keys(change).length > 0

  useEffect(() => {
    if (isFinished.current) return
    if (isDirty) keepDraft(userId, draftId, { values, base })
    else dropDraft(userId, draftId)
  }, [userId, draftId, values, base, isDirty])

  function finish() {
    isFinished.current = true
    dropDraft(userId, draftId)
  }

  function failed(error: unknown) {
    setPlan(null)
    if (!(error instanceof ApiError)) return
    if (error.status === 412 && error.tag !== undefined) setConflict(error.tag)
    const { fields } = byField(error.violations)
    fields.forEach(({ field, message }, index) => {
      form.setError(field, { type: 'platform', message }, { shouldFocus: index === 0 })
    })
  }

  const settled = {
    onSuccess: (made: TagDetail) => {
      finish()
      onSaved(made)
    },
    onError: failed,
  }

  /** The same key for the same tag: a try after a lost answer makes no second one. */
  function keyFor(body: string): string {
    if (attempt.current.body !== body) attempt.current = { body, key: crypto.randomUUID() }
    return attempt.current.key
  }

  function make(typed: TagValues) {
    update.reset()
    create.mutate({ ...typed, idempotencyKey: keyFor(JSON.stringify(typed)) }, settled)
  }

  /** Based on what the form began from, whatever was looked at since: an edit in between is never overwritten. */
  function save(typed: TagValues) {
    if (tag === null || base === null) return
    update.mutate({ tagId: tag.id, etag: base.etag, change: changeOf(saved, typed) }, settled)
  }

  function take(typed: TagValues) {
    if (tag === null || base === null) return make(typed)
    const wanted = changeOf(saved, typed)
    if (Object.keys(wanted).length === 0) return undefined
    update.reset()
    const asked = planOf(wanted)
    return asked === null ? save(typed) : setPlan(asked)
  }

  const error = create.error ?? update.error
  return {
    form,
    values,
    change,
    isDirty,
    isRestored,
    saving: create.isPending || update.isPending,
    error,
    /** The tag was deleted while this was typed. */
    isGone: error instanceof ApiError && error.status === 404,
    /** Somebody else saved it while this was typed; they would be found out about only when saving. */
    newer: tag !== null && tag.etag !== base?.etag ? tag : null,
    submit: () => void form.handleSubmit(take)(),
    /** To be confirmed by whoever has seen the impact. */
    plan,
    confirm: () => save(tidied(form.getValues())),
    unconfirm: () => setPlan(null),
    conflict:
      conflict === null
        ? null
        : {
            theirs: valuesOf(conflict),
            edits: editsOf(saved, valuesOf(conflict), tidied(form.getValues())),
          },
    /** Where nothing was typed there is nothing to compare. */
    compare: (newer: TagDetail) => {
      if (isDirty) return setConflict(newer)
      setBase(baseOf(newer))
      form.reset(valuesOf(newer))
    },
    join: (joinedValues: TagValues) => {
      if (conflict === null) return
      setBase(baseOf(conflict))
      form.reset(joinedValues)
      setConflict(null)
      update.reset()
    },
    stopComparing: () => setConflict(null),
    makeAgain: () => void form.handleSubmit(make)(),
    startOver: () => {
      const fresh = tag === null ? null : baseOf(tag)
      setBase(fresh)
      form.reset(fresh?.values ?? emptyTag)
      setRestored(false)
      dropDraft(userId, draftId)
    },
    finish,
    /** Whether there is something to lose, asked at the moment of leaving. */
    wouldLose: () => !isFinished.current,
  }
}
