import { bombs } from './archives/bombs.ts'
import { contents } from './archives/contents.ts'
import { duplicates } from './archives/duplicates.ts'
import { endRecord } from './archives/end-record.ts'
import { kinds } from './archives/kinds.ts'
import { localHeaders } from './archives/local-headers.ts'
import { names } from './archives/names.ts'
import { notAZip } from './archives/not-a-zip.ts'
import { overlaps } from './archives/overlaps.ts'
import { packing } from './archives/packing.ts'
import { paths } from './archives/paths.ts'
import { pictures } from './archives/pictures.ts'
import { pythonWriters } from './archives/python-writers.ts'
import { roots } from './archives/roots.ts'
import { truncated } from './archives/truncated.ts'
import { unicodePaths } from './archives/unicode-paths.ts'
import { work } from './archives/work.ts'
import { wrapped } from './archives/wrapped.ts'
import { writers } from './archives/writers.ts'
import { zip64 } from './archives/zip64.ts'
import type { Family } from './case.ts'
import { appSection } from './manifests/app-section.ts'
import { otherSections } from './manifests/other-sections.ts'
import { runtimeSection } from './manifests/runtime-section.ts'
import { tomlSyntax } from './manifests/toml-syntax.ts'

/** Hostile and odd archives. */
export const archiveFamilies: readonly Family[] = [
  { name: 'not-a-zip', cases: notAZip },
  { name: 'truncated', cases: truncated },
  { name: 'end-record', cases: endRecord },
  { name: 'zip64', cases: zip64 },
  { name: 'wrapped', cases: wrapped },
  { name: 'local-headers', cases: localHeaders },
  { name: 'overlaps', cases: overlaps },
  { name: 'contents', cases: contents },
  { name: 'packing', cases: packing },
  { name: 'kinds', cases: kinds },
  { name: 'paths', cases: paths },
  { name: 'names', cases: names },
  { name: 'duplicates', cases: duplicates },
  { name: 'unicode-paths', cases: unicodePaths },
  { name: 'bombs', cases: bombs },
  { name: 'pictures', cases: pictures },
  { name: 'roots', cases: roots },
  { name: 'work', cases: work },
  { name: 'writers', cases: writers },
  { name: 'python-writers', cases: pythonWriters },
]

/** Hostile and odd manifests, each in a bundle that is good otherwise. */
export const manifestFamilies: readonly Family[] = [
  { name: 'toml-syntax', cases: tomlSyntax },
  { name: 'app-section', cases: appSection },
  { name: 'runtime-section', cases: runtimeSection },
  { name: 'other-sections', cases: otherSections },
]
