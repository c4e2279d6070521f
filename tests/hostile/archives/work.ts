import { utf8 } from '../../../src/bundle/testing/zip-writer.ts'
import {
  fine,
  type HostileCase,
  ofBytes,
  ofPlan,
  refused,
  thorough,
  warned,
  withEntries,
} from '../case.ts'
import { manyEntries } from '../many-entries.ts'
import { app, TOML, toml } from '../samples.ts'

const described = {
  ...toml,
  data: TOML.replace('[Runtime]', 'LongDescription = "about.md"\n[Runtime]'),
}
const wheels = (count: number) => ({ name: 'requirements.txt', data: 'a.whl\n'.repeat(count) })
const runtime = (line: string) => ({ ...toml, data: `${TOML}${line}\n` })
const missing = refused('requirements.wheel-missing')

/** Small files that ask for much work: a pattern that backtracks, a search in a search, one finding an entry. */
export const work: readonly HostileCase[] = [
  withEntries('an icon of 146 empty comments', warned('icon.not-an-image'), {
    name: 'static/icon.svg',
    data: '<!---->'.repeat(146),
  }),
  withEntries('a key file of five thousand beginnings', fine, {
    name: 'server.key',
    data: '-----BEGIN A '.repeat(5000),
  }),
  ofPlan('a long description of half a million image beginnings', fine, {
    entries: [described, app, { name: 'about.md', data: '!['.repeat(500_000) }],
  }),
  ofPlan('a long description of one line of blanks', fine, {
    entries: [described, app, { name: 'about.md', data: ' '.repeat(1_000_000) }],
  }),
  withEntries('a requirements.txt of half a million comments in one line', fine, {
    name: 'requirements.txt',
    data: utf8(`${' #'.repeat(500_000)}\u2028`),
  }),
  withEntries('a requirements.txt of half a million brackets', refused('requirements.unreadable'), {
    name: 'requirements.txt',
    data: 'a['.repeat(500_000),
  }),
  withEntries('a requirements.txt of one line of .whl', fine, {
    name: 'requirements.txt',
    data: 'a.whlx'.repeat(160_000),
  }),
  withEntries('150,000 wheels that are missing', missing, wheels(150_000)),
  ofPlan('20,000 wheels that are missing among 20,000 files', missing, {
    entries: [
      toml,
      app,
      wheels(20_000),
      ...Array.from({ length: 20_000 }, (_, index) => ({
        name: `f/${index}`,
        data: '',
        method: 0,
      })),
    ],
  }),
  ofPlan('a quantity of 200,000 blanks', refused('runtime.quantity-invalid'), {
    entries: [runtime(`MemoryLimit = "1${' '.repeat(200_000)}x"`), app],
  }),
  ofPlan('a section 100,000 levels deep', warned('manifest.unknown-section'), {
    entries: [runtime(`[${'a.'.repeat(100_000)}a]`), app],
  }),
  ofPlan('30,000 tags', fine, {
    entries: [
      {
        ...toml,
        data: TOML.replace(
          '[Runtime]',
          `Tags = [${Array.from({ length: 30_000 }, (_, index) => `"${index.toString(36)}"`).join()}]\n[Runtime]`,
        ),
      },
      app,
    ],
  }),
  ofBytes('190,000 entries for one place', refused('archive.overlap'), () =>
    manyEntries({ count: 190_000, nameOf: (index) => `n${index}`, ghosts: true }),
  ),
  ofBytes('190,000 entries of one name', refused('archive.duplicate'), () =>
    manyEntries({ count: 190_000, nameOf: () => 'x' }),
  ),
  thorough(
    ofBytes(
      '190,000 entries with another name of their own',
      refused('archive.local-mismatch'),
      () =>
        manyEntries({
          count: 190_000,
          nameOf: (index) => `${100_000 + index}`,
          localName: 'other0',
        }),
    ),
  ),
  ofBytes('190,000 names of 95,000 pairs', warned('archive.case-collision'), () =>
    manyEntries({
      count: 190_000,
      nameOf: (index) => `${index % 2 === 0 ? 'N' : 'n'}${index >> 1}`,
    }),
  ),
  ofBytes('200,001 entries', refused('archive.too-many-entries'), () =>
    manyEntries({ count: 199_999, nameOf: (index) => `n${index}`, ghosts: true }),
  ),
  ofBytes('150,000 entries that are announced as two', refused('archive.directory-mismatch'), () =>
    manyEntries({ count: 150_000, nameOf: (index) => `n${index}`, ghosts: true, announced: 2 }),
  ),
  ofBytes('a million folders', refused('archive.too-many-folders'), () =>
    manyEntries({ count: 2000, nameOf: (index) => `${index}/${'a/'.repeat(500)}x` }),
  ),
]
