/** A share from 0 to 1 as people read it: “42%”, “0.3%”, “<0.1%”. */
export function percent(share: number): string {
  if (share <= 0) return '0%'
  if (share < 0.001) return '<0.1%'
  const shown = share * 100
  return `${shown.toFixed(shown < 10 && shown !== Math.round(shown) ? 1 : 0)}%`
}
