import { styled } from '@mui/material/styles'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { List } from './PersonaList.tsx'

const Row = styled('li')({ display: 'flex', alignItems: 'center', gap: 14, padding: '15px 16px' })

export function PersonaListSkeleton() {
  return (
    <>
      <VisuallyHidden as="output">Loading the ways to sign in</VisuallyHidden>
      <List aria-hidden="true">
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <Row key={row}>
            <Skeleton width={36} height={36} round />
            <span>
              <Skeleton width={120} height={14} />
              <Skeleton width={180} height={10} />
            </span>
          </Row>
        ))}
      </List>
    </>
  )
}
