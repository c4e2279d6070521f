import { styled } from '@mui/material/styles'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { cardStyles } from '../../features/listing/card-styles.ts'
import { Grid } from './layout.ts'

const Card = styled('li')(({ theme }) => ({
  ...cardStyles(theme),
  gap: 10,
  '& > div': { display: 'flex', alignItems: 'center', gap: 14 },
  '& > div:first-of-type': { marginBottom: 6 },
  '& > div:first-of-type > span:last-of-type': { flex: 1, display: 'grid', gap: 8 },
  '& > div:last-of-type': {
    justifyContent: 'space-between',
    marginTop: 10,
    paddingTop: 12,
    borderTop: `1px solid ${theme.vars.palette.line.main}`,
  },
}))

export function AppGridSkeleton() {
  return (
    <>
      <VisuallyHidden as="output">Loading the apps</VisuallyHidden>
      <Grid aria-hidden="true">
        {[62, 48, 70, 55, 44, 66].map((share) => (
          <Card key={share}>
            <div>
              <Skeleton width={48} height={48} round />
              <span>
                <Skeleton width={`${share}%`} height={14} />
                <Skeleton width="40%" height={10} />
              </span>
            </div>
            <Skeleton height={10} />
            <Skeleton width={`${share + 14}%`} height={10} />
            <Skeleton width={72} height={18} />
            <div>
              <Skeleton width={88} height={12} />
              <Skeleton width={56} height={34} round />
            </div>
          </Card>
        ))}
      </Grid>
    </>
  )
}
