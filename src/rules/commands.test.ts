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

test('a tag’s flags say what is changed, and nothing a shell would act on', () => {
  expect(commands.updateTag('t1', { title: 'Partners north', visitorRoles: ['a', 'b'] })).toBe(
    "h2o tag update t1 --title='Partners north' --visitor-roles=a,b",
  )
  expect(commands.updateTag('t1', { description: '', adminRoles: [], isCategory: false })).toBe(
    "h2o tag update t1 --description='' --category=false --admin-roles=''",
  )
  expect(commands.createTag({ name: 'x', title: "$(rm -rf ~); it's" })).toBe(
    String.raw`h2o admin tag create --name=x --title='$(rm -rf ~); it'\''s'`,
  )
  expect(commands.createTag({ title: '--help', color: '#12ab34' })).toBe(
    "h2o admin tag create --title=--help --color='#12ab34'",
  )
})

test('what a terminal could take for something else is escaped', () => {
  expect(commands.createTag({ description: "it's\ntwo lines\u202e" })).toBe(
    String.raw`h2o admin tag create --description=$'it\'s\ntwo lines\U0000202e'`,
  )
})
