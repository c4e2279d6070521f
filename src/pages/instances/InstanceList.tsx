import useMediaQuery from '@mui/material/useMediaQuery'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { environmentOptions } from '../../api/environment.ts'
import { useActor } from '../../api/session.ts'
import { usageOptions } from '../../api/usage.ts'
import { InstanceCards } from './InstanceCards.tsx'
import type { InstanceRows } from './instance-rows.ts'
import { InstanceTable } from './InstanceTable.tsx'

type Props = Omit<InstanceRows, 'usage' | 'onDrawn' | 'startSeconds'>

/** A table where there is room to compare, cards where there isn't. */
export function InstanceList(props: Props) {
  const table = useMediaQuery('(min-width: 900px)', { noSsr: true })
  const { data: environment } = useQuery(environmentOptions())
  const mayReadUsage = useActor().access === 'fullAccess'
  const [drawn, setDrawn] = useState({ from: 0, to: 20 })
  const onDrawn = useCallback(
    (from: number, to: number) =>
      setDrawn((before) => (before.from === from && before.to === to ? before : { from, to })),
    [],
  )
  const running = props.instances
    .slice(drawn.from, drawn.to)
    .filter(({ status }) => status === 'DEPLOYED' || status === 'PENDING')
  const { data: usage } = useQuery(usageOptions(mayReadUsage ? running.map(({ id }) => id) : []))
  const rows: InstanceRows = {
    ...props,
    usage: mayReadUsage ? (usage ?? new Map()) : null,
    startSeconds: environment?.limits.startSeconds,
    onDrawn,
  }
  return table ? <InstanceTable {...rows} /> : <InstanceCards {...rows} />
}
