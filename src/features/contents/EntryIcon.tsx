const shapes = {
  folder: 'M2.75 5.25h5l1.75 2h7.75v8.5H2.75z',
  file: 'M5 2.75h6.5L15 6.25v11H5zM11.5 2.75v3.5H15',
  image: 'M3.25 4.25h13.5v11.5H3.25zM3.25 13.5l4-4 3.5 3.5 2-2 4 4M12.75 7.25v.1',
} as const

/** Decoration beside a file's or folder's name, drawn as the interface's other icons are. */
export function EntryIcon({ kind, size = 18 }: { kind: keyof typeof shapes; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[kind]} />
    </svg>
  )
}
