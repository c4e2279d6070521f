import { styled } from '@mui/material/styles'
import type { Requirement } from '../../bundle/contents/requirements/requirement.ts'
import type { BundleReport } from '../../features/bundles/inspection-protocol.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'

const Scroll = styled('div')({ overflowX: 'auto', '& + h3': { marginTop: 24 } })

const Heading = styled('h3')(({ theme }) => ({ ...theme.typography.h3, margin: '0 0 8px' }))

const Table = styled('table')(({ theme }) => ({
  ...theme.typography.body2,
  width: '100%',
  borderCollapse: 'collapse',
  '& th': {
    ...theme.typography.caption,
    textAlign: 'start',
    fontWeight: 500,
    color: theme.vars.palette.text.tertiary,
  },
  '& th, & td': {
    padding: '7px 14px 7px 0',
    verticalAlign: 'top',
    borderBottom: `1px solid ${theme.vars.palette.line.main}`,
  },
  '& td:last-child, & th:last-child': { textAlign: 'end', paddingInlineEnd: 0 },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12, overflowWrap: 'anywhere' },
  '& td': { fontVariantNumeric: 'tabular-nums' },
}))

const sources: Record<Requirement['source'], string> = {
  index: 'Package index',
  url: 'Address',
  file: 'In the bundle',
  vcs: 'Version control',
}

/** More rows would slow the page down and tell nobody more. */
const maxRows = 500

/** What the app asks to have installed: Python packages, and those of the operating system. */
export function RequirementsTab({ report }: { report: BundleReport }) {
  const { requirements, packages } = report
  if (requirements.length === 0 && packages.length === 0) {
    return (
      <EmptyState title="It asks for nothing more">
        Python’s standard library and the platform’s own packages are enough for it. What it needs
        besides goes into a requirements.txt.
      </EmptyState>
    )
  }
  const asked = requirements.filter(({ constraint }) => !constraint)
  return (
    <>
      {asked.length > 0 && (
        <>
          <Heading>Python packages</Heading>
          <Scroll role="region" aria-label="Python packages" tabIndex={0}>
            <Table>
              <thead>
                <tr>
                  <th scope="col">Package</th>
                  <th scope="col">Version</th>
                  <th scope="col">From</th>
                  <th scope="col">Only where</th>
                  <th scope="col">Line</th>
                </tr>
              </thead>
              <tbody>
                {asked.slice(0, maxRows).map((each) => (
                  <tr key={`${each.file}:${each.line}:${each.column}`}>
                    <td>
                      <code>{nameOf(each)}</code>
                    </td>
                    <td>
                      <code>
                        {each.specifier === '' ? (each.version ?? 'any') : each.specifier}
                      </code>
                    </td>
                    <td>{placeOf(each)}</td>
                    <td>{each.marker === null ? '' : <code>{each.marker}</code>}</td>
                    <td>
                      {each.file === 'requirements.txt' ? each.line : `${each.file}:${each.line}`}
                    </td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </Scroll>
          {asked.length > maxRows && (
            <p>
              The first {maxRows} of {asked.length}.
            </p>
          )}
        </>
      )}
      {packages.length > 0 && (
        <>
          <Heading>Packages of the operating system</Heading>
          <Scroll role="region" aria-label="Packages of the operating system" tabIndex={0}>
            <Table>
              <thead>
                <tr>
                  <th scope="col">Package</th>
                  <th scope="col">Version</th>
                  <th scope="col">Line</th>
                </tr>
              </thead>
              <tbody>
                {packages.slice(0, maxRows).map(({ name, version, architecture, line, column }) => (
                  <tr key={`${line}:${column}`}>
                    <td>
                      <code>{architecture === null ? name : `${name}:${architecture}`}</code>
                    </td>
                    <td>
                      <code>{version ?? 'any'}</code>
                    </td>
                    <td>{line}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </Scroll>
        </>
      )}
    </>
  )
}

function nameOf({ spelling, extras, path, url }: Requirement): string {
  const name = spelling ?? path ?? url ?? '?'
  return extras.length === 0 ? name : `${name}[${extras.join(', ')}]`
}

function placeOf({ source, path, url, editable }: Requirement) {
  const where = path ?? url
  return (
    <>
      {sources[source]}
      {editable && ', editable'}
      {where !== null && (
        <>
          <br />
          <code>{where}</code>
        </>
      )}
    </>
  )
}
