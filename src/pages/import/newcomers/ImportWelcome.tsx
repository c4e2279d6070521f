import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useState } from 'react'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Surface } from '../../../ui/Surface.tsx'
import { BundleDrawing } from './BundleDrawing.tsx'
import { ManifestExplained } from './ManifestExplained.tsx'
import { saveFile } from './save-file.ts'
import type { TemplateName } from './template-files.ts'

const Root = styled('div')({
  containerType: 'inline-size',
  '& > div': {
    display: 'grid',
    gap: 16,
    gridTemplateColumns: 'minmax(0, 1fr)',
    '@container (min-width: 800px)': {
      gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1.25fr)',
      '& > :first-of-type': { gridColumn: '1 / -1' },
    },
  },
})

const Part = styled(Surface)(({ theme }) => ({
  minWidth: 0,
  padding: 20,
  '& > h2': { ...theme.typography.h2, margin: 0 },
  '& > p': {
    ...theme.typography.body1,
    margin: '2px 0 0',
    maxWidth: '64ch',
    color: theme.vars.palette.text.secondary,
    textWrap: 'pretty',
  },
  '@media (max-width: 599.95px)': { padding: 16 },
}))

const Steps = styled('ol')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 190px), 1fr))',
  gap: '12px 24px',
  margin: '16px 0 0',
  padding: 0,
  listStyle: 'none',
  counterReset: 'step',
  color: theme.vars.palette.text.secondary,
  '& li': {
    counterIncrement: 'step',
    position: 'relative',
    paddingInlineStart: 38,
    textWrap: 'pretty',
  },
  '& li::before': {
    content: 'counter(step)',
    position: 'absolute',
    insetInlineStart: 0,
    top: 1,
    display: 'grid',
    placeItems: 'center',
    width: 26,
    height: 26,
    borderRadius: '50%',
    fontWeight: 600,
    color: theme.vars.palette.primary.main,
    backgroundColor: theme.vars.palette.primary.soft,
  },
  '& strong': { display: 'block', fontWeight: 600, color: theme.vars.palette.text.primary },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: '0.92em' },
}))

const Actions = styled('div')({ display: 'flex', flexWrap: 'wrap', gap: 8, margin: '20px 0 0' })

const Said = styled('output')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'block',
  color: theme.vars.palette.text.secondary,
  textWrap: 'pretty',
  '&:not(:empty)': { marginTop: 12 },
}))

type Wish = TemplateName | 'sample'

const failedTitles: Record<Wish, string> = {
  python: 'The template could not be packed',
  wave: 'The template could not be packed',
  sample: 'The sample could not be packed',
}

type Props = {
  /** Takes bundles as if somebody had chosen them on their disk. */
  onFiles: (files: File[]) => void
}

/** What the Import page shows to those who bring nothing yet: how to get a bundle, and what one looks like. */
export function ImportWelcome({ onFiles }: Props) {
  const [busy, setBusy] = useState<Wish | null>(null)
  const [said, setSaid] = useState('')
  const [failed, setFailed] = useState<{ wish: Wish; error: unknown } | null>(null)

  async function fulfil(wish: Wish) {
    if (busy !== null) return
    setBusy(wish)
    setSaid('')
    setFailed(null)
    try {
      // The packer and the templates come when they are asked for.
      const { makeSample, makeTemplate } = await import('./make-bundle.ts')
      if (wish === 'sample') onFiles([await makeSample(new Date())])
      else {
        const file = await makeTemplate(wish)
        saveFile(file)
        setSaid(
          `${file.name} is in your downloads. Unpack it, change what you like, and drop the folder here.`,
        )
      }
    } catch (error) {
      setFailed({ wish, error })
    }
    setBusy(null)
  }

  return (
    <Root>
      <div>
        <Part aria-labelledby="first-app">
          <h2 id="first-app">New here? Your first app in two minutes</h2>
          <p>You need no server and no container: a folder with your Python code is enough.</p>
          <Steps>
            <li>
              <strong>Take a template</strong>
              Download it and unpack it. It runs as it is.
            </li>
            <li>
              <strong>Make it yours</strong>
              Put your model into <code>predict()</code> in <code>app.py</code>, and give it a name
              in <code>app.toml</code>.
            </li>
            <li>
              <strong>Drop the folder here</strong>
              It is packed and checked in this browser. You see what is wrong before anything is
              sent.
            </li>
          </Steps>
          <Actions>
            <Button
              variant="contained"
              aria-disabled={busy !== null}
              onClick={() => void fulfil('python')}
            >
              Download Python template
            </Button>
            <Button aria-disabled={busy !== null} onClick={() => void fulfil('wave')}>
              Download Wave template
            </Button>
            <Button
              variant="text"
              aria-disabled={busy !== null}
              onClick={() => void fulfil('sample')}
            >
              {busy === 'sample' ? 'Packing…' : 'Just try a sample bundle'}
            </Button>
          </Actions>
          <Said>{said}</Said>
          {failed !== null && (
            <ErrorState
              title={failedTitles[failed.wish]}
              error={failed.error}
              retrying={busy !== null}
              onRetry={() => void fulfil(failed.wish)}
            />
          )}
        </Part>
        <Part aria-labelledby="bundle-looks">
          <h2 id="bundle-looks">What a bundle looks like</h2>
          <p>A folder, packed as a .wave or .zip file.</p>
          <BundleDrawing />
        </Part>
        <Part aria-labelledby="manifest-looks">
          <h2 id="manifest-looks">A short app.toml</h2>
          <p>It tells the platform what your app is called and how to start it.</p>
          <ManifestExplained />
        </Part>
      </div>
    </Root>
  )
}
