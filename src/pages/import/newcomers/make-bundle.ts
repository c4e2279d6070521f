import { withDevelopmentVersion } from '../../../bundle/pack/development-version.ts'
import { packBundle } from '../../../bundle/pack/pack.ts'
import { templateFiles, type TemplateName } from './template-files.ts'

/** What a template is called once it is on somebody’s disk: a zip, which every system unpacks. */
const downloadNames: Record<TemplateName, string> = {
  python: 'my-first-app.zip',
  wave: 'my-first-wave-app.zip',
}

/** A template, packed to be unpacked and changed. */
export async function makeTemplate(name: TemplateName): Promise<File> {
  const { bytes } = await packBundle(templateFiles(name))
  return new File([bytes], downloadNames[name], { type: 'application/zip' })
}

/**
 * A bundle to try the import with, whose version ends with the time: name and version together must be new on the
 * platform, whoever tried before.
 */
export async function makeSample(now: Date): Promise<File> {
  const files = await withDevelopmentVersion(templateFiles('python'), now)
  const { bytes } = await packBundle(files)
  // The same moment for the same bytes, so that the list recognises a file that it has.
  return new File([bytes], 'sample-app.wave', {
    type: 'application/zip',
    lastModified: now.getTime(),
  })
}
