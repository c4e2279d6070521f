import { NativeSelect } from '../../ui/NativeSelect.tsx'
import type { Sort } from './catalog-params.ts'

const options: readonly { value: Sort; label: string }[] = [
  { value: 'title', label: 'Title' },
  { value: 'newest', label: 'Newest' },
]

export function SortSelect({ sort, onChange }: { sort: Sort; onChange: (sort: Sort) => void }) {
  return <NativeSelect label="Sort by" options={options} value={sort} onChange={onChange} />
}
