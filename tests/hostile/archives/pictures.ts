import { utf8 } from '../../../src/bundle/testing/zip-writer.ts'
import { advised, type Expectation, fine, type HostileCase, warned, withEntries } from '../case.ts'
import { gif, jpeg, png, webp } from '../samples.ts'

const picture = (name: string, what: string, data: Uint8Array, expect: Expectation) =>
  withEntries(`${name} ${what}`, expect, { name: `static/${name}`, data })
const enormous = warned('icon.enormous')
const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'

/** Pictures that browsers would choke on, and files that only say that they are pictures. */
export const pictures: readonly HostileCase[] = [
  picture('icon.png', 'of 60,000 × 60,000', png(60_000), enormous),
  picture('icon.png', 'of 2³² - 1 pixels a side', png(0xffffffff), enormous),
  picture('icon.png', 'of 1 × 2³¹', png(1, 2 ** 31), enormous),
  picture('icon.gif', 'of 65,535 × 65,535', gif(65_535, 65_535), enormous),
  picture('icon.jpg', 'of 65,500 × 65,500', jpeg(65_500, 65_500), enormous),
  picture('icon.webp', 'of 16,777,216 × 16,777,216', webp(16_777_216, 16_777_216), enormous),
  picture('screenshot.png', 'of 60,000 × 60,000', png(60_000), warned('screenshot.enormous')),
  picture(
    'screenshot.webp',
    'of 16,384 × 16,384',
    webp(16_384, 16_384),
    warned('screenshot.enormous'),
  ),
  picture('icon.png', 'of no size', png(0), warned('icon.damaged')),
  picture('icon.gif', 'of no size', gif(0, 0), warned('icon.damaged')),
  picture('icon.png', 'cut after its signature', png(64).subarray(0, 9), warned('icon.damaged')),
  picture(
    'icon.jpg',
    'that ends in its first segment',
    jpeg(9, 9).subarray(0, 7),
    warned('icon.damaged'),
  ),
  picture(
    'icon.jpg',
    'whose segments have no length',
    Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0),
    warned('icon.damaged'),
  ),
  picture(
    'icon.jpg',
    'of fill bytes alone',
    new Uint8Array(600_000).fill(0xff).with(1, 0xd8),
    warned('icon.damaged'),
  ),
  picture('icon.png', 'that is an empty file', new Uint8Array(), warned('icon.not-an-image')),
  picture(
    'icon.png',
    'that is HTML',
    utf8('<!doctype html><script>alert(1)</script>'),
    warned('icon.not-an-image'),
  ),
  picture('icon.svg', 'with a script', utf8(svg), warned('icon.not-an-image')),
  picture(
    'icon.png',
    'that is SVG',
    utf8(`<?xml version="1.0"?>\n<!-- hi -->${svg}`),
    warned('icon.not-an-image'),
  ),
  picture(
    'screenshot-1.png',
    'that is an archive',
    utf8('PK\x03\x04'),
    warned('screenshot.not-an-image'),
  ),
  picture('icon.gif', 'that is a script too', utf8('GIF89a/*<script>*/=1;//'), enormous),
  picture('icon.png', 'that is a JPEG', jpeg(500, 500), advised('icon.extension-mismatch')),
  picture('icon.png', 'of 512 × 512', png(512), fine),
  picture('icon.webp', 'of 512 × 512', webp(512, 512), fine),
  withEntries(
    'a hundred screenshots',
    advised('screenshot.too-many'),
    ...Array.from({ length: 100 }, (_, index) => ({
      name: `static/screenshot-${index}.png`,
      data: png(9),
    })),
  ),
  withEntries(
    'a hundred icons that are none',
    warned('icon.not-an-image'),
    ...Array.from({ length: 100 }, (_, index) => ({ name: `static/icon-${index}.png`, data: 'x' })),
  ),
]
