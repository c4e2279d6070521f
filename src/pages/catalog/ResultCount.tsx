const number = new Intl.NumberFormat('en')

/** Announced when it changes, so that a search is heard to have worked. */
export function ResultCount({ total, filtered }: { total: number | undefined; filtered: boolean }) {
  if (total === undefined) return <output />
  const apps = `${number.format(total)} ${total === 1 ? 'app' : 'apps'}`
  return <output>{filtered ? `${apps} found` : apps}</output>
}
