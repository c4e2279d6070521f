import { styled } from '@mui/material/styles'
import type { Severity } from '../../bundle/finding.ts'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { severityWords } from './finding-marks.ts'

const Root = styled('span')(({ theme }) => ({
  display: 'inline-flex',
  flex: 'none',
  '&[data-severity="error"]': { color: theme.vars.palette.error.main },
  '&[data-severity="warning"]': { color: theme.vars.palette.warning.main },
  '&[data-severity="advice"]': { color: theme.vars.palette.info.main },
}))

const icons: Record<Severity, IconName> = { error: 'error', warning: 'warning', advice: 'info' }

/** Says that the inspector noticed something here: by shape, by colour, and to screen readers. */
export function FindingMark({ severity, size = 16 }: { severity: Severity; size?: number }) {
  return (
    <Root data-severity={severity}>
      <Icon name={icons[severity]} size={size} />
      <VisuallyHidden> {severityWords[severity]}</VisuallyHidden>
    </Root>
  )
}
