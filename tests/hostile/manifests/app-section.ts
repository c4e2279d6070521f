import {
  advised,
  type Expectation,
  fine,
  type HostileCase,
  ofManifest,
  refused,
  warned,
} from '../case.ts'
import { TOML } from '../samples.ts'

const nameInvalid = refused('manifest.name-invalid')
const versionInvalid = refused('manifest.version-invalid')
const wrongType = refused('manifest.wrong-type')
const timeout = refused('manifest.timeout-invalid')

const named = (value: string, expect: Expectation) =>
  ofManifest(
    `Name = ${value.length > 40 ? `${value.length - 2} characters` : value}`,
    expect,
    TOML.replace('"demo"', () => value),
  )
const version = (value: string, expect: Expectation) =>
  ofManifest(
    `Version = ${value.length > 40 ? `${value.length - 2} characters` : value}`,
    expect,
    TOML.replace('"1.0.0"', () => value),
  )
const line = (text: string, expect: Expectation) =>
  ofManifest(
    text,
    expect,
    TOML.replace('\n[Runtime]', () => `${text}\n\n[Runtime]`),
  )
const without = (key: string, expect: Expectation) =>
  ofManifest(`no ${key}`, expect, TOML.replace(new RegExp(`^${key} = .*\n`, 'm'), ''))

/** What [App] may say and what not. */
export const appSection: readonly HostileCase[] = [
  without('Name', refused('manifest.name-missing')),
  without('Version', refused('manifest.version-missing')),
  without('Title', advised('manifest.title-missing')),
  without('Description', advised('manifest.description-missing')),
  ofManifest('no [App]', refused('manifest.app-missing'), '[Runtime]\nModule = "app"\n'),
  ofManifest(
    '[App] as a list',
    refused('manifest.wrong-type', 'manifest.app-missing'),
    TOML.replace('[App]', '[[App]]'),
  ),
  ofManifest(
    '[app] in lower case',
    advised('manifest.key-spelling'),
    TOML.replace('[App]', '[app]'),
  ),
  ofManifest('[App] and [app]', refused('manifest.key-conflict'), `${TOML}[app]\nName = "x"\n`),
  named('"my app"', nameInvalid),
  named('"-demo"', nameInvalid),
  named('"demo-"', nameInvalid),
  named('"démo"', nameInvalid),
  named('"../demo"', nameInvalid),
  named('"demo\\n"', nameInvalid),
  named('"a/b"', nameInvalid),
  named('""', nameInvalid),
  named('" "', nameInvalid),
  named('7', wrongType),
  named('["demo"]', wrongType),
  named('"<b>demo</b>"', nameInvalid),
  named('"demo\\u202e"', nameInvalid),
  named('"ai.h2o.wave.demo"', fine),
  named('"A"', fine),
  named(`"${'x'.repeat(57)}"`, fine),
  named(`"${'x'.repeat(58)}"`, refused('manifest.name-version-too-long')),
  named(`"${'x'.repeat(64)}"`, nameInvalid),
  named(`"${'x'.repeat(200_000)}"`, nameInvalid),
  version('"1.0"', versionInvalid),
  version('"1"', versionInvalid),
  version('"v1.0.0"', versionInvalid),
  version('"1.0.0.0"', versionInvalid),
  version('"01.0.0"', versionInvalid),
  version('"1.0.0-"', versionInvalid),
  version('"1.0.0-01"', versionInvalid),
  version('"1.0.0-a-"', versionInvalid),
  version('"latest"', versionInvalid),
  version('""', versionInvalid),
  version('1.0', wrongType),
  version('2024-01-02', wrongType),
  version('"1.0.0+build.7"', refused('manifest.version-build')),
  version('"1.0.0-20240102030405"', fine),
  version('"1.0.0-rc.1"', fine),
  version('"9999999999999999999.0.0"', fine),
  version(`"1.0.0-${'0'.repeat(100_000)}!"`, versionInvalid),
  line('Category = "Finance"', advised('manifest.category-unknown')),
  line('Category = "All"', advised('manifest.category-unknown')),
  line('Category = "data science"', fine),
  line('Category = 7', wrongType),
  line('Keywords = "a, b"', wrongType),
  line('Tags = ["a", 7]', wrongType),
  line('Tags = ["a", ""]', warned('manifest.tag-empty')),
  line('Tags = ["a", "a"]', advised('manifest.tag-repeated')),
  line('InstanceLifecycle = "ALWAYS"', refused('manifest.lifecycle-unknown')),
  line('InstanceLifecycle = "Managed"', fine),
  line('InstanceTimeout = "30"', timeout),
  line('InstanceTimeout = 30', timeout),
  line('InstanceTimeout = "1d"', timeout),
  line('InstanceTimeout = "0s"', timeout),
  line('InstanceTimeout = "-5m"', timeout),
  line('InstanceTimeout = nan', timeout),
  line('InstanceTimeout = true', wrongType),
  line('InstanceTimeout = "1h30m"', fine),
  line('InstanceTimeout = "-1"', fine),
  line('InstanceTimeout = -1', fine),
  line('LongDescription = "about.md"', warned('manifest.long-description-missing')),
  line('LongDescription = "../../etc/passwd.md"', warned('manifest.long-description-missing')),
  line('LongDescription = "/etc/hosts.md"', warned('manifest.long-description-missing')),
  line('LongDescription = "A text. Of two sentences."', fine),
  line('Descripton = "x"', warned('manifest.unknown-key')),
  line('description = "x"', refused('manifest.key-conflict')),
  line('category = "Sales"', advised('manifest.key-spelling')),
  line('"<script>" = 1', warned('manifest.unknown-key')),
]
