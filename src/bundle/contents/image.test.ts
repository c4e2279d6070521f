import { describe, expect, test } from 'vitest'
import { looksLikeSvg } from './image.ts'

const look = (text: string) => looksLikeSvg(new TextEncoder().encode(text))

describe('looksLikeSvg', () => {
  test.each([
    '<svg>',
    '<svg/>',
    '\ufeff\n <SVG xmlns="…">',
    '<?xml version="1.0"?>\n<!-- a --><!----> <!DOCTYPE svg PUBLIC "x">\n<svg width="1">',
  ])('sees that %j is one', (text) => {
    expect(look(text)).toBe(true)
  })

  test.each([
    '',
    '<svg',
    '<svgs>',
    '<!-- <svg> ',
    '<!doctype html><svg>',
    'x<svg>',
    '<!---->'.repeat(146),
    '<?'.repeat(500),
  ])('sees that %j is none', (text) => {
    expect(look(text)).toBe(false)
  })
})
