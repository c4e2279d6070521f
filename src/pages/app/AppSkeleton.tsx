import { Page } from '../../ui/Page.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { Aside, Columns, HeadRow, Main, Panel } from './app-layout.ts'

export function AppSkeleton() {
  return (
    <Page title="App">
      <VisuallyHidden role="status">Loading the app</VisuallyHidden>
      <HeadRow>
        <Skeleton width={56} height={56} round />
        <div style={{ display: 'grid', gap: 10, flex: 1 }}>
          <Skeleton width={220} height={26} />
          <Skeleton width={300} />
        </div>
        <Skeleton width={76} height={36} round />
      </HeadRow>
      <Columns>
        <Main>
          <Skeleton height={190} round />
          <div style={{ display: 'grid', gap: 10, marginTop: 24 }}>
            {[34, 92, 86, 64].map((width) => (
              <Skeleton key={width} width={`${width}%`} />
            ))}
          </div>
        </Main>
        <Aside>
          {[5, 4].map((lines) => (
            <Panel key={lines} style={{ display: 'grid', gap: 14 }}>
              {Array.from({ length: lines }, (_, line) => (
                // oxlint-disable-next-line react/no-array-index-key
                <Skeleton key={line} width={line === 0 ? '40%' : '100%'} />
              ))}
            </Panel>
          ))}
        </Aside>
      </Columns>
    </Page>
  )
}
