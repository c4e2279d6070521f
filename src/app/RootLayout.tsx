import { Suspense, useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import { Outlet, ScrollRestoration, useLocation } from 'react-router'
import { PageFrame } from '../ui/page-frame.ts'
import { isWithinPage } from '../ui/within-page.ts'
import { PageSkeleton } from './PageSkeleton.tsx'
import { PaletteGate } from './palette/PaletteGate.tsx'

const productName = 'Wavedeck'

/** Around every page: where the focus and the scroll position go on navigation. */
export function RootLayout() {
  const { pathname, state } = useLocation()
  const shown = useRef(pathname)
  const headingPending = useRef(false)

  // Screen readers hear the new page's name, and Tab goes on from its top. Not on the first page of a visit.
  const headingAppeared = useCallback((heading: HTMLElement) => {
    if (!headingPending.current) return
    headingPending.current = false
    heading.focus({ preventScroll: true })
  }, [])

  useLayoutEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    if (isWithinPage(state)) return
    headingPending.current = true
    const heading = document.querySelector<HTMLElement>('main h1[tabindex]')
    if (heading !== null) headingAppeared(heading)
  }, [pathname, state, headingAppeared])

  // Who goes on before a slow page has its heading keeps the focus.
  const forget = () => {
    headingPending.current = false
  }

  const frame = useMemo(() => ({ productName, headingAppeared }), [headingAppeared])
  return (
    <PageFrame value={frame}>
      <div onKeyDownCapture={forget}>
        <Suspense
          fallback={
            <main>
              <PageSkeleton />
            </main>
          }
        >
          <Outlet />
        </Suspense>
      </div>
      <PaletteGate />
      <ScrollRestoration />
    </PageFrame>
  )
}
