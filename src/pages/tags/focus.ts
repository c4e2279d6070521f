export const newTagButton = 'new-tag'

export const editButtonId = (tagId: string) => `edit-${tagId}`

/** Brings the focus to where somebody came from, once what they were in is gone; the heading where that is gone too. */
export function focusLater(id: string): void {
  setTimeout(() => {
    const target = document.getElementById(id) ?? document.querySelector<HTMLElement>('main h1')
    target?.focus({ preventScroll: true })
  })
}
