import { useQuery } from '@tanstack/react-query'
import { environmentOptions } from '../../api/environment.ts'
import type { App, AppRuntime, Environment } from '../../api/generated/types.gen.ts'
import { fileSize } from '../../rules/amounts.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Facts, Panel } from './app-layout.ts'

export function AboutPanel({ app }: { app: App }) {
  const { data: environment } = useQuery(environmentOptions())
  const { size, fileCount } = app.bundle
  return (
    <Panel aria-labelledby="about">
      <h2 id="about">About</h2>
      <Facts>
        <dt>Name</dt>
        <Copied text={app.name} label="Copy the name" />
        <dt>Version</dt>
        <Copied text={app.version} label="Copy the version" />
        <dt>Id</dt>
        <Copied text={app.id} label="Copy the id" />
        <dt>Category</dt>
        <dd>{app.category}</dd>
        {app.link !== null && (
          <>
            <dt>Address</dt>
            <dd>{app.link}</dd>
          </>
        )}
        {app.runtime !== null && (
          <>
            <dt>Runtime</dt>
            <dd>{runtimeWords(app.runtime, environment)}</dd>
          </>
        )}
        <dt>Size</dt>
        <dd>
          {fileSize(size)}, {fileCount === 1 ? '1 file' : `${fileCount.toLocaleString('en')} files`}
        </dd>
        {app.keywords.length > 0 && (
          <>
            <dt>Keywords</dt>
            <dd>{app.keywords.join(', ')}</dd>
          </>
        )}
      </Facts>
    </Panel>
  )
}

function Copied({ text, label }: { text: string; label: string }) {
  return (
    <dd style={{ display: 'flex', justifyContent: 'flex-end', alignItems: 'center', gap: 4 }}>
      <code>{text}</code>
      <CopyButton text={text} label={label} variant="icon" />
    </dd>
  )
}

const modes: Record<AppRuntime['mode'], string> = {
  wave: 'Wave app',
  python: 'Python app',
  container: 'Container',
}

function runtimeWords({ mode, version }: AppRuntime, environment: Environment | undefined): string {
  if (mode === 'container') return modes.container
  const runtimes = environment?.runtimes ?? []
  const runtime = runtimes.find((each) => (version === null ? each.default : each.name === version))
  const title = runtime?.title ?? version
  return title === null ? modes[mode] : `${title} · ${modes[mode]}`
}
