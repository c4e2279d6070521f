/** Drawn on a 20-pixel grid with a 1.5-pixel line, as everything in the interface that isn't an app's own. */
const shapes = {
  catalog:
    'M3.75 3.75h4.5v4.5h-4.5zM11.75 3.75h4.5v4.5h-4.5zM3.75 11.75h4.5v4.5h-4.5zM11.75 11.75h4.5v4.5h-4.5z',
  play: 'M6 4.2v11.6L15.5 10z',
  pause: 'M7 4.25v11.5m6-11.5v11.5',
  log: 'M4 5.5h12M4 10h12M4 14.5h7',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zm4-1.5 3.5 3.5',
  close: 'm5.5 5.5 9 9m0-9-9 9',
  sort: 'M6.5 4v12m0 0L4 13.5M6.5 16 9 13.5M13.5 16V4m0 0L11 6.5M13.5 4 16 6.5',
  chevrons: 'm6.5 8 3.5-3.5L13.5 8m-7 4 3.5 3.5 3.5-3.5',
  chevron: 'm5.5 7.75 4.5 4.5 4.5-4.5',
  up: 'm5.5 12.25 4.5-4.5 4.5 4.5',
  expand: 'M11.5 3.75h4.75V8.5M16.25 3.75 11 9M8.5 16.25H3.75V11.5M3.75 16.25 9 11',
  arrow: 'M4.5 10h11m0 0L11 5.5m4.5 4.5L11 14.5',
  signOut: 'M8 3.75H4.25v12.5H8M9 10h7.5m0 0-3-3m3 3-3 3',
  pin: 'M10 12.5v4.75M6.75 3.25h6.5l-1 5 2.5 2.75v1.5h-9.5V11l2.5-2.75z',
  filter: 'M3.5 5.5h13M6 10h8m-5.5 4.5h3',
  table: 'M3.75 4.25h12.5v11.5H3.75zM3.75 8.25h12.5M3.75 12h12.5M8.5 8.25v7.5',
  compact: 'M4 4.5h12M4 8.2h12M4 11.8h12M4 15.5h12',
  theme: 'M10 3.25a6.75 6.75 0 1 0 0 13.5zm0 0a6.75 6.75 0 0 1 0 13.5',
  box: 'M10 2.75 16.5 6.4v7.2L10 17.25 3.5 13.6V6.4zM3.5 6.4 10 10m0 0 6.5-3.6M10 10v7.25',
  info: 'M10 17.25a7.25 7.25 0 1 0 0-14.5 7.25 7.25 0 0 0 0 14.5zM10 9.25v4M10 6.6v.1',
  ok: 'M10 17.25a7.25 7.25 0 1 0 0-14.5 7.25 7.25 0 0 0 0 14.5zM6.75 10.25l2.25 2.25 4.25-4.75',
  warning: 'M10 3.25 17.25 16H2.75zM10 8.25v3.5M10 13.8v.1',
  error: 'M10 17.25a7.25 7.25 0 1 0 0-14.5 7.25 7.25 0 0 0 0 14.5zM7.5 7.5l5 5m0-5-5 5',
  tag: 'M3.75 3.75h6l6.5 6.5-6 6-6.5-6.5zM7 7.1v-.1',
  person: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 16.5a6 6 0 0 1 12 0',
  copy: 'M7.5 7.25h8.75V16.5H7.5zM12.5 7V3.5H3.75v9.25h3.5',
  more: 'M4.5 10.8a.8.8 0 1 0 0-1.6.8.8 0 0 0 0 1.6zm5.5 0a.8.8 0 1 0 0-1.6.8.8 0 0 0 0 1.6zm5.5 0a.8.8 0 1 0 0-1.6.8.8 0 0 0 0 1.6z',
  offline:
    'M3 3l14 14M2.75 8.2a11 11 0 0 1 3.4-2.1m3-.6a11 11 0 0 1 8.1 2.7M5.4 11a7 7 0 0 1 2.4-1.5m3.6.1A7 7 0 0 1 14.6 11M10 15.2v.1',
} as const

export type IconName = keyof typeof shapes

/** Decoration: the words stand beside it, or in the control's label. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[name]} />
    </svg>
  )
}
