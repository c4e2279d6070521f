import { styled } from '@mui/material/styles'

const Root = styled('ul')(({ theme }) => {
  const line = `1px solid ${theme.vars.palette.line.strong}`
  return {
    ...theme.typography.body2,
    margin: '16px 0 0',
    padding: 0,
    listStyle: 'none',
    '& ul': { margin: 0, padding: 0, paddingInlineStart: 9, listStyle: 'none' },
    '& ul > li': { position: 'relative', paddingInlineStart: 20 },
    // A stem down from the folder, and a branch to each entry; the last stem ends at its branch.
    '& ul > li::before': {
      content: '""',
      position: 'absolute',
      insetInlineStart: 0,
      top: 0,
      width: 13,
      height: 17,
      borderInlineStart: line,
      borderBottom: line,
    },
    '& ul > li:not(:last-of-type)::after': {
      content: '""',
      position: 'absolute',
      insetInlineStart: 0,
      top: 16,
      bottom: 0,
      borderInlineStart: line,
    },
    '& p': {
      display: 'grid',
      gridTemplateColumns: 'auto minmax(0, 1fr)',
      gap: '0 12px',
      margin: 0,
      padding: '6px 0',
    },
    '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12.5, lineHeight: '20px', fontWeight: 500 },
    '& p > span': { color: theme.vars.palette.text.secondary, textWrap: 'pretty' },
    '& em': {
      ...theme.typography.caption,
      fontStyle: 'normal',
      fontWeight: 500,
      color: theme.vars.palette.primary.main,
      marginInlineEnd: 6,
    },
    '@container (max-width: 420px)': { '& p': { gridTemplateColumns: 'minmax(0, 1fr)' } },
  }
})

type Entry = { name: string; words: string; needed?: boolean; inside?: readonly Entry[] }

const bundle: Entry = {
  name: 'my-first-app/',
  words: 'The files lie at the top, not in another folder.',
  inside: [
    { name: 'app.toml', needed: true, words: 'What the app is called and how it starts.' },
    { name: 'app.py', needed: true, words: 'Your code. Any other name will do.' },
    { name: 'requirements.txt', words: 'The packages to install, as for pip.' },
    {
      name: 'static/',
      words: 'What the catalog shows.',
      inside: [
        { name: 'icon.png', words: 'Square, 400 to 1000 pixels.' },
        { name: 'screenshot-1.png', words: 'What people see before they run it.' },
      ],
    },
    { name: '.appignore', words: 'What to leave out, as in .gitignore.' },
  ],
}

/** A bundle as a folder, with a word on each file. A list to those who don’t see the lines. */
export function BundleDrawing() {
  return (
    <Root>
      <Drawn entry={bundle} />
    </Root>
  )
}

function Drawn({ entry: { name, words, needed = false, inside } }: { entry: Entry }) {
  return (
    <li>
      <p>
        <code>{name}</code>
        <span>
          {needed && <em>Needed</em>}
          {words}
        </span>
      </p>
      {inside !== undefined && (
        <ul>
          {inside.map((entry) => (
            <Drawn key={entry.name} entry={entry} />
          ))}
        </ul>
      )}
    </li>
  )
}
