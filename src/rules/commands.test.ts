import { expect, test } from 'vitest'
import { commands } from './commands.ts'

test.each([
  ['sales-1.2.wave', 'sales-1.2.wave'],
  ['my app.wave', "'my app.wave'"],
  ["it's $(rm -rf ~).wave", String.raw`'it'\''s $(rm -rf ~).wave'`],
  ['-rf.wave', './-rf.wave'],
  ['--all x.wave', "'./--all x.wave'"],
  ['a\nb.wave', "'a'?'b.wave'"],
  ['cat\u202egnp.wave', "'cat'?'gnp.wave'"],
])('writes the file name %j as one word of a shell', (name, word) => {
  expect(commands.inspect(name)).toBe(`npm run inspect -- ${word}`)
})
