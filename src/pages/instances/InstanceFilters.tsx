import { styled } from '@mui/material/styles'
import { useNavigate, useSearchParams } from 'react-router'
import type { Instance } from '../../api/generated/types.gen.ts'
import { FilterChip } from '../../ui/FilterChip.tsx'
import {
  filterWords,
  type InstanceFilter,
  instanceFilters,
  matches,
  withParams,
} from './instance-filter.ts'

const Root = styled('div')({ display: 'flex', flexWrap: 'wrap', gap: 6, marginBottom: 16 })

type Props = { instances: readonly Instance[]; filter: InstanceFilter }

export function InstanceFilters({ instances, filter }: Props) {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  return (
    <Root role="group" aria-label="Show">
      {instanceFilters.map((each) => (
        <FilterChip
          key={each}
          label={filterWords[each]}
          count={instances.filter((instance) => matches(each, instance)).length}
          selected={each === filter}
          onSelect={() =>
            void navigate(withParams(params, { status: each }), {
              replace: true,
              preventScrollReset: true,
            })
          }
        />
      ))}
    </Root>
  )
}
