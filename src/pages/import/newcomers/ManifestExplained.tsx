import { styled } from '@mui/material/styles'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { radius } from '../../../ui/tokens.ts'
import { shortManifest, manifestLines } from './short-manifest.ts'

const Table = styled('table')(({ theme }) => ({
  ...theme.typography.body2,
  width: '100%',
  margin: '16px 0 12px',
  borderCollapse: 'separate',
  borderSpacing: 0,
  '& td': { padding: '6px 14px', verticalAlign: 'top' },
  '& td:first-of-type': {
    width: '1%',
    whiteSpace: 'nowrap',
    fontFamily: 'var(--wd-mono)',
    fontSize: 12.5,
    backgroundColor: theme.vars.palette.background.sunken,
  },
  '& tr:first-of-type td:first-of-type': {
    borderStartStartRadius: radius.m,
    borderStartEndRadius: radius.m,
  },
  '& tr:last-of-type td:first-of-type': {
    borderEndStartRadius: radius.m,
    borderEndEndRadius: radius.m,
  },
  '& td:last-of-type': { color: theme.vars.palette.text.secondary, textWrap: 'pretty' },
  '& [data-section]': { fontWeight: 600, color: theme.vars.palette.primary.main },
  '& b': { fontWeight: 400, color: theme.vars.palette.primary.main },
  '& i': { fontStyle: 'normal', color: theme.vars.palette.success.main },
  // The words below their line where there is no room beside it.
  '@container (max-width: 520px)': {
    '& tr, & td, & tbody': { display: 'block' },
    '& td:first-of-type': { width: 'auto', borderRadius: radius.s },
    '& td:last-of-type': { padding: '4px 14px 12px' },
  },
}))

/** A manifest that says what every app should, and no more, line by line. */
export function ManifestExplained() {
  return (
    <>
      <Table aria-label="app.toml, line by line">
        <tbody>
          {manifestLines.map((line) => (
            <tr key={line.code}>
              <td>
                {line.value === undefined ? (
                  <span data-section="">{line.code}</span>
                ) : (
                  <>
                    <b>{line.code}</b> = <i>{line.value}</i>
                  </>
                )}
              </td>
              <td>{line.words}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <CopyButton text={shortManifest} label="Copy this app.toml" variant="outlined" />
    </>
  )
}
