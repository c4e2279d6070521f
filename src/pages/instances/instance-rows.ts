import type { Instance, UsageHistory } from '../../api/generated/types.gen.ts'
import type { InstanceChange } from '../../features/launch/InstanceActions.tsx'

/** What a list of instances is drawn from, as a table or as cards. */
export type InstanceRows = {
  instances: readonly Instance[]
  selected: ReadonlySet<string>
  /** @param range from the one chosen last up to this one */
  onSelect: (instanceId: string, isSelected: boolean, range: boolean) => void
  onSelectAll: (isSelected: boolean) => void
  detailTo: (instanceId: string) => string
  logTo: (instanceId: string) => string
  onChanged: (change: InstanceChange) => void
  startSeconds: number | undefined
  /** Null where the person may not read what their instances take. */
  usage: ReadonlyMap<string, UsageHistory> | null
  /** Told which of them are drawn, in blocks, so that only their usage is asked for. */
  onDrawn: (from: number, to: number) => void
}
