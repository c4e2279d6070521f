import { styled } from '@mui/material/styles'
import { useId } from 'react'
import { type Control, useController, useWatch } from 'react-hook-form'
import { Chip } from '../../ui/Chip.tsx'
import { chipColors, type ChipTheme, isHexColor } from '../../ui/chip-colors.ts'
import { chipPalette } from '../../ui/chip-palette.ts'
import { FieldError } from '../../ui/FormField.tsx'
import { TextInput } from '../../ui/TextInput.ts'
import { dark, light, radius } from '../../ui/tokens.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { TagValues } from './tag-values.ts'

const Root = styled('fieldset')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 10,
  minWidth: 0,
  margin: 0,
  padding: 0,
  border: 0,
  '& legend': { ...theme.typography.body2, fontWeight: 600, padding: 0, marginBottom: 6 },
}))

const Swatches = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 6,
  '& label': {
    position: 'relative',
    width: 28,
    height: 28,
    borderRadius: radius.s,
    cursor: 'pointer',
  },
  '& input': { position: 'absolute', inset: 0, margin: 0, opacity: 0, cursor: 'pointer' },
  '& label:has(:checked)': {
    outline: `2px solid ${theme.vars.palette.text.primary}`,
    outlineOffset: 2,
  },
  '& label:has(:focus-visible)': {
    outline: `2px solid ${theme.vars.palette.primary.main}`,
    outlineOffset: 3,
  },
}))

const Exact = styled('div')(({ theme }) => ({
  display: 'flex',
  gap: 8,
  '& input[type="color"]': {
    flex: 'none',
    width: 44,
    height: 40,
    padding: 4,
    border: `1px solid ${theme.vars.palette.line.control}`,
    borderRadius: radius.control,
    backgroundColor: theme.vars.palette.background.paper,
    cursor: 'pointer',
  },
  '& input:not([type="color"])': { maxWidth: 128 },
}))

const Previews = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  gap: 8,
})

const Preview = styled('div')(({ theme }) => ({
  ...theme.typography.caption,
  display: 'grid',
  justifyItems: 'start',
  gap: 10,
  minWidth: 0,
  padding: '14px 14px 10px',
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.control,
  '& small': { ...theme.typography.caption, fontVariantNumeric: 'tabular-nums' },
}))

const surfaces = {
  light: { backgroundColor: light.surface, color: light.text3 },
  dark: { backgroundColor: dark.surface, color: dark.text3 },
}

const themeWords: Record<ChipTheme, string> = { light: 'Light', dark: 'Dark' }

/** A colour from the palette, the picker or as hex, and what the chip makes of it in both themes. */
export function ColorField({ control }: { control: Control<TagValues> }) {
  const {
    field: { ref, value: color, onChange, onBlur },
    fieldState,
  } = useController({ control, name: 'color' })
  const title = useWatch({ control, name: 'title' }).trim()
  const name = useId()
  const errorId = useId()
  const message = fieldState.error?.message
  const described = message === undefined ? undefined : errorId
  return (
    <Root>
      <legend>Colour</legend>
      <Swatches>
        {chipPalette.map((swatch) => (
          <label key={swatch.color} style={{ backgroundColor: swatch.color }} title={swatch.name}>
            <VisuallyHidden>{swatch.name}</VisuallyHidden>
            <input
              type="radio"
              name={name}
              value={swatch.color}
              checked={swatch.color === color.toLowerCase()}
              onChange={() => onChange(swatch.color)}
            />
          </label>
        ))}
      </Swatches>
      <Exact>
        <input
          type="color"
          aria-label="Pick any colour"
          value={isHexColor(color) ? color.toLowerCase() : '#000000'}
          onChange={(event) => onChange(event.target.value)}
        />
        <TextInput
          ref={ref}
          data-mono=""
          aria-label="Colour as hex"
          aria-describedby={described}
          aria-invalid={message !== undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={32}
          value={color}
          onChange={(event) => onChange(withHash(event.target.value))}
          onBlur={onBlur}
        />
      </Exact>
      {message !== undefined && <FieldError id={errorId}>{message}</FieldError>}
      <Previews>
        {(['light', 'dark'] as const).map((theme) => (
          <Preview key={theme} style={surfaces[theme]}>
            <Chip title={title === '' ? 'Tag' : title} color={color} as={theme} />
            <small>
              {themeWords[theme]} · {contrastWords(color, theme)}
            </small>
          </Preview>
        ))}
      </Previews>
    </Root>
  )
}

/** What is pasted without it gets its “#”. */
function withHash(typed: string): string {
  const text = typed.trim()
  return /^[0-9a-f]{6}$/i.test(text) ? `#${text}` : text
}

function contrastWords(color: string, theme: ChipTheme): string {
  const drawn = chipColors(color, theme)
  return drawn === null ? 'no colour' : `contrast ${drawn.contrast.toFixed(1)} : 1`
}
