import { bytes, concat, type EntryPlan } from '../../../src/bundle/testing/zip-writer.ts'
import {
  advised,
  type Expectation,
  fine,
  type HostileCase,
  ofPlan,
  refused,
  says,
  warned,
} from '../case.ts'
import { app, other, TOML, toml } from '../samples.ts'

const nested = refused('archive.nested-root')
const missing = refused('manifest.missing')
const at = (folder: string, ...entries: readonly EntryPlan[]): EntryPlan[] =>
  entries.map((entry) => ({ ...entry, name: `${folder}/${String(entry.name)}` }))
const tree = (name: string, expect: Expectation, ...entries: EntryPlan[]) =>
  ofPlan(name, expect, { entries })

/** What macOS writes beside every file: AppleDouble, version 2. */
const appleDouble = bytes(0, 5, 0x16, 7, 0, 2, 0, 0, concat([new Uint8Array(18)]))
const resourceFork = (name: string): EntryPlan => ({ name, data: appleDouble })

/** Where the app.toml is, and what else is at the root. */
export const roots: readonly HostileCase[] = [
  tree(
    'the folder packed with its contents',
    says('"demo"', nested),
    { name: 'demo/' },
    ...at('demo', toml, app),
  ),
  tree(
    'the folder packed on a Mac',
    says('"demo"', nested),
    { name: 'demo/' },
    ...at('demo', toml, app),
    { name: '__MACOSX/' },
    { name: '__MACOSX/demo/' },
    resourceFork('__MACOSX/demo/._app.toml'),
    resourceFork('__MACOSX/._demo'),
  ),
  tree(
    'an app.toml two folders deep',
    says('"demo-main/app"', nested),
    ...at('demo-main/app', toml, app),
  ),
  tree('two apps in two folders', nested, ...at('one', toml, app), ...at('two', toml, app)),
  tree('an app.toml in __MACOSX alone', missing, other, { ...toml, name: '__MACOSX/app.toml' }),
  tree('no app.toml', missing, app),
  tree('an empty folder alone', missing, { name: 'src/' }),
  tree('App.toml', says('App.toml', missing), { ...toml, name: 'App.toml' }, app),
  tree('APP.TOML', missing, { ...toml, name: 'APP.TOML' }, app),
  tree('app.toml.txt', missing, { ...toml, name: 'app.toml.txt' }, app),
  tree('app.toml with a blank at its end', missing, { ...toml, name: 'app.toml ' }, app),
  tree('app.tоml with a Cyrillic о', missing, { ...toml, name: 'app.t\u043eml' }, app),
  tree('pyproject.toml instead', missing, { ...toml, name: 'pyproject.toml' }, app),
  tree('a folder named app.toml', missing, { name: 'app.toml/' }, app),
  tree('app.toml at the root and in a folder', fine, toml, app, ...at('examples', toml)),
  tree(
    'app.toml at the root and App.toml in a folder',
    fine,
    toml,
    app,
    ...at('old', { ...toml, name: 'App.toml' }),
  ),
  tree(
    'app.toml after ten thousand other files',
    fine,
    ...Array.from({ length: 10_000 }, (_, index) => ({
      name: `data/${index}`,
      data: '',
      method: 0,
    })),
    app,
    toml,
  ),
  tree(
    'macOS metadata beside the app',
    advised('content.macos'),
    toml,
    app,
    { name: '.DS_Store', data: bytes(0, 0, 0, 1) },
    resourceFork('__MACOSX/._app.py'),
  ),
  tree(
    'Windows metadata beside the app',
    advised('content.windows'),
    toml,
    app,
    { name: 'Thumbs.db', data: 'x' },
    { name: 'static/desktop.ini', data: 'x' },
  ),
  tree('a .git folder', warned('content.git'), toml, app, { name: '.git/config', data: '' }),
  tree('a .env file', warned('content.env-file'), toml, app, { name: '.env', data: 'KEY=1' }),
  tree('a private key', warned('content.private-key'), toml, app, {
    name: 'id_rsa',
    data: '-----BEGIN',
  }),
  tree('a bundle in the bundle', advised('content.bundle'), toml, app, {
    name: 'old.wave',
    data: TOML,
  }),
  tree('a virtual environment', warned('content.virtual-environment'), toml, app, {
    name: '.venv/bin/python',
    data: '',
  }),
]
