import { createContext } from 'react'

/** What a page gets from the shell around it. */
export type PageFrameValue = {
  productName: string
  /** Called once with a page's heading when it appears: after a navigation the shell moves the focus there. */
  headingAppeared: (heading: HTMLElement) => void
}

export const PageFrame = createContext<PageFrameValue>({
  productName: 'Wavedeck',
  headingAppeared: () => undefined,
})
