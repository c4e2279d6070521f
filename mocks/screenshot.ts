import { HttpResponse } from 'msw'

/** A drawing with a curve, other for each app and number. */
export function screenshot(seed: string, n: number): Response {
  const hue = ([...seed].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) * 37 + n * 40) % 360
  const points = Array.from({ length: 24 }, (_, i) => {
    const y = 300 - 90 * Math.sin(i / 3 + n) - i * 5
    return `${60 + i * 46},${Math.round(y)}`
  }).join(' ')
  const bars = Array.from({ length: 12 }, (_, i) => {
    const height = 60 + ((i * 53 + n * 31) % 140)
    return `<rect x="${70 + i * 90}" y="${640 - height}" width="56" height="${height}" rx="6" fill="hsl(${hue} 45% 62%)"/>`
  }).join('')
  return new HttpResponse(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 720" width="1200" height="720">
      <rect width="1200" height="720" fill="hsl(${hue} 30% 97%)"/>
      <rect x="40" y="32" width="260" height="20" rx="10" fill="hsl(${hue} 20% 80%)"/>
      <polyline points="${points}" fill="none" stroke="hsl(${hue} 60% 38%)" stroke-width="6" stroke-linejoin="round"/>
      ${bars}
    </svg>`,
    { headers: { 'Content-Type': 'image/svg+xml' } },
  )
}
