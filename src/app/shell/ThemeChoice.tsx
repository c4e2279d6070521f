import { useColorScheme } from '@mui/material/styles'
import { SegmentedRadio } from '../../ui/SegmentedRadio.tsx'

const options = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

export function ThemeChoice() {
  const { mode, setMode } = useColorScheme()
  return (
    <SegmentedRadio legend="Theme" options={options} value={mode ?? 'system'} onChange={setMode} />
  )
}
