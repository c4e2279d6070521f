import path from 'node:path'
import { type Config, readConfig, usage, UsageError } from './config.ts'
import { importSamples } from './samples.ts'
import { PortInUse, startPlatform } from './server.ts'
import { DataFolderError } from './store/data-folder.ts'

const root = path.resolve(import.meta.dirname, '..')

/** Ends with a message for the person at the terminal; a stack trace is for what nobody foresaw. */
function giveUp(message: string, code: number): never {
  console.error(`\n${message}\n`)
  process.exit(code)
}

function configure(): Config {
  try {
    const config = readConfig(process.argv.slice(2), process.env, root)
    if (config !== 'help') return config
    console.log(usage)
    process.exit(0)
  } catch (error) {
    if (error instanceof UsageError) giveUp(`${error.message}\n\n${usage}`, 2)
    throw error
  }
}

const config = configure()
try {
  const running = await startPlatform(config)
  const { platform, url } = running
  let stoppingSince: number | undefined
  const stop = async () => {
    // A terminal and npm may both pass on the same Ctrl-C; a second one later means it.
    if (stoppingSince !== undefined) {
      if (Date.now() - stoppingSince > 1_000) process.exit(1)
      return
    }
    stoppingSince = Date.now()
    console.log('\nStopping: pausing what runs …')
    await running.close()
    console.log('Stopped.')
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
  if (config.samples) {
    const count = await importSamples(running, path.join(root, 'mocks', 'sample-apps'))
    if (count > 0) console.log(`Imported ${count} sample bundles.`)
  }
  if (platform.python === null && config.scheduler === 'process') {
    console.warn(
      `\nNo Python 3 found as “${config.python}”: apps can be browsed and imported, but not run.` +
        '\nInstall Python 3, or name one with WAVEDECK_PYTHON, and start again.',
    )
  }
  console.log(`\n  Wavedeck is at ${url}\n  Data in ${config.dataDir} · Ctrl-C stops it\n`)
  if (config.scheduler === 'process' && platform.confinement === 'none') {
    console.log(
      '  Apps run as you and may read what you may. On Linux, bubblewrap (bwrap) keeps them apart.\n',
    )
  }
} catch (error) {
  if (error instanceof PortInUse || error instanceof DataFolderError) giveUp(error.message, 1)
  throw error
}
