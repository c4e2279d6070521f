import { Page } from '../ui/Page.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'

/** While a page's code is on its way. */
export function PageSkeleton() {
  return (
    <Page title="Loading">
      <VisuallyHidden as="h1">Loading the page</VisuallyHidden>
      <Skeleton width={180} height={28} />
      <br />
      <Skeleton width={320} height={14} />
    </Page>
  )
}
