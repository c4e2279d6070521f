import useMediaQuery from '@mui/material/useMediaQuery'
import type { Instance } from '../../api/generated/types.gen.ts'
import { InstanceCards } from './InstanceCards.tsx'
import { InstanceTable } from './InstanceTable.tsx'

// The sidebar, from 1024 pixels on, takes the room that a table needs.
const roomForTable = '(min-width: 900px) and (max-width: 1023.95px), (min-width: 1120px)'

type Props = { instances: readonly Instance[]; logTo: (instanceId: string) => string }

/** A table where there is room to compare, cards where there isn't. */
export function InstanceList(props: Props) {
  const table = useMediaQuery(roomForTable, { noSsr: true })
  return table ? <InstanceTable {...props} /> : <InstanceCards {...props} />
}
