import { styled } from '@mui/material/styles'
import { hueOf } from './hue.ts'
import { initials } from './initials.ts'

const Root = styled('span')({
  display: 'inline-grid',
  placeItems: 'center',
  flex: 'none',
  width: 28,
  height: 28,
  borderRadius: '50%',
  fontSize: 12,
  fontWeight: 600,
  lineHeight: 1,
  color: 'white',
  background:
    'linear-gradient(150deg, oklch(0.58 0.11 var(--hue)), oklch(0.47 0.11 calc(var(--hue) + 20)))',
})

/** Decoration beside a person's name. */
export function Avatar({ id, name }: { id: string; name: string }) {
  return (
    <Root aria-hidden="true" style={{ '--hue': hueOf(id) }}>
      {initials(name, 1)}
    </Root>
  )
}
