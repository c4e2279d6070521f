import { useState } from 'react'
import { type Density, densities, type View, views } from './catalog-params.ts'

const storageKey = 'wavedeck-catalog-view'

export type ListingStyle = { view: View; density: Density }

function remembered(): ListingStyle {
  let text = ''
  try {
    text = localStorage.getItem(storageKey) ?? ''
  } catch {
    // Storage is closed to us: cards, as for somebody who comes for the first time.
  }
  const said = text.split(' ')
  return {
    view: views.find((view) => said.includes(view)) ?? 'cards',
    density: densities.find((density) => said.includes(density)) ?? 'comfortable',
  }
}

/** Cards or table, comfortable or compact, as chosen on this machine before; and what remembers another choice. */
export function useListingStyle(): [ListingStyle, (style: ListingStyle) => void] {
  const [style, setStyle] = useState(remembered)
  return [
    style,
    (next) => {
      setStyle(next)
      try {
        localStorage.setItem(storageKey, `${next.view} ${next.density}`)
      } catch {
        // It holds for as long as the page is shown.
      }
    },
  ]
}
