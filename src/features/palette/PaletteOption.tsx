import { AppIcon } from '../../ui/AppIcon.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { CommandIcon, PaletteRow } from './command.ts'
import type { Range } from './match.ts'
import { Option } from './palette-styles.ts'

type Props = {
  id: string
  row: PaletteRow
  chosen: boolean
  onPoint: () => void
  onAct: (newTab: boolean) => void
}

/** A row of the palette. The focus stays in the field, so it takes no focus of its own. */
export function PaletteOption({ id, row, chosen, onPoint, onAct }: Props) {
  const { label, hint, icon, reason = null, loading = false } = row.command
  return (
    <Option
      id={id}
      role="option"
      aria-selected={chosen}
      aria-disabled={reason !== null || loading ? true : undefined}
      aria-label={loading ? 'Loading' : undefined}
      onPointerMove={onPoint}
      onClick={(event) => onAct(event.ctrlKey || event.metaKey)}
      onAuxClick={(event) => {
        if (event.button === 1) onAct(true)
      }}
    >
      <i aria-hidden="true">
        {loading ? <Skeleton width={28} height={28} round /> : <CommandIconOf icon={icon} />}
      </i>
      <span>
        {loading ? (
          <Skeleton width={180} />
        ) : (
          <b>
            <Marked text={label} ranges={row.ranges} />
          </b>
        )}
        {reason !== null && <small> {reason}</small>}
      </span>
      {hint !== undefined && <small> {hint}</small>}
    </Option>
  )
}

function CommandIconOf({ icon }: { icon: CommandIcon }) {
  return typeof icon === 'string' ? <Icon name={icon} /> : <AppIcon {...icon} size={28} />
}

function Marked({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  if (ranges.length === 0) return text
  return (
    <span>
      {ranges.map(({ start, end }, index) => (
        <span key={start}>
          {text.slice(ranges[index - 1]?.end ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(ranges.at(-1)?.end)}
    </span>
  )
}
