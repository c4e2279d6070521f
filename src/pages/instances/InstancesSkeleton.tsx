import { styled } from '@mui/material/styles'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'

const Chips = styled('div')({ display: 'flex', gap: 8, marginBottom: 16 })

const Row = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 12,
  padding: '14px 20px',
  '& + &': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
  '& > :last-child': { marginInlineStart: 'auto' },
}))

const rows = [150, 120, 180, 140]

export function InstancesSkeleton() {
  return (
    <>
      <VisuallyHidden role="status">Loading your instances</VisuallyHidden>
      <Chips>
        {[56, 78, 74, 82].map((width) => (
          <Skeleton key={width} width={width} height={32} round />
        ))}
      </Chips>
      <Surface>
        {rows.map((width) => (
          <Row key={width}>
            <Skeleton width={32} height={32} round />
            <div style={{ display: 'grid', gap: 6 }}>
              <Skeleton width={width} />
              <Skeleton width={56} height={10} />
            </div>
            <Skeleton width={72} height={32} round />
          </Row>
        ))}
      </Surface>
    </>
  )
}
