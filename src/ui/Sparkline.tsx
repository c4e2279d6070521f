import { styled } from '@mui/material/styles'

const width = 72
const height = 22
/** The line is drawn whole, also at the top and the bottom. */
const inset = 1.5

const Root = styled('svg')(({ theme }) => ({
  flex: 'none',
  display: 'block',
  color: theme.vars.palette.primary.main,
  overflow: 'visible',
  '&[data-tone="wait"]': { color: theme.vars.palette.warning.main },
  '& path:first-of-type': { fill: 'currentColor', opacity: 0.12, stroke: 'none' },
  '& line': { stroke: theme.vars.palette.line.strong },
}))

type Props = {
  /** Oldest first; null where nobody knows. */
  values: readonly (number | null)[]
  /** What the top stands for; the bottom is 0. */
  max: number
  /** As many values fill the width; fewer stand at its end, where now is. */
  room: number
  tone?: 'calm' | 'wait'
}

/** A number's last minutes as a line. Decoration: the number stands beside it in words. */
export function Sparkline({ values, max, room, tone = 'calm' }: Props) {
  const step = width / Math.max(1, room - 1)
  const first = Math.max(0, room - values.length)
  const points = values.flatMap((value, index) => {
    if (value === null) return []
    const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
    const x = (first + index) * step
    const y = height - inset - share * (height - 2 * inset)
    return [{ x: round(x), y: round(y) }]
  })
  const line = points.map(({ x, y }) => `${x} ${y}`).join('L')
  const [start] = points
  const end = points.at(-1)
  return (
    <Root
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      data-tone={tone}
      aria-hidden="true"
      focusable="false"
    >
      <line x1="0" y1={height - 0.5} x2={width} y2={height - 0.5} />
      {start !== undefined && end !== undefined && (
        <>
          <path d={`M${start.x} ${height}L${line}L${end.x} ${height}Z`} />
          <path
            d={points.length === 1 ? `M${end.x - 2} ${end.y}L${end.x} ${end.y}` : `M${line}`}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinejoin="round"
            strokeLinecap="round"
          />
        </>
      )}
    </Root>
  )
}

const round = (value: number) => Math.round(value * 10) / 10
