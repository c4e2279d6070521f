import type { Finding } from '../../finding.ts'

/** Where pip gets a package: the package index, an address, a file or folder of the bundle, or version control. */
export type RequirementSource = 'index' | 'url' | 'file' | 'vcs'

/** One clause of a version specifier, e.g. `>=` and `1.2`. The version is as the author spelled it. */
export type Clause = { operator: string; version: string }

/** One package that a requirements file asks for. */
export type Requirement = {
  /** Normalized (PEP 503), so that two spellings compare; null where only the file or address would tell. */
  name: string | null
  /** The name as it is written; for wheels, as their file name has it. */
  spelling: string | null
  /** Normalized and sorted. */
  extras: string[]
  /** All clauses joined by commas, e.g. `>=1.2,<2`; empty where any version will do. */
  specifier: string
  clauses: Clause[]
  /** The environment marker after the semicolon, e.g. `python_version < "3.9"`. */
  marker: string | null
  source: RequirementSource
  /** For `url` and `vcs`, without the user and password it may hold. */
  url: string | null
  /** For `file`: as it is written, without `file:`; relative to the root of the bundle. */
  path: string | null
  /** Each `algorithm:digest`, from `--hash`. */
  hashes: string[]
  editable: boolean
  /** From a file that `-c` names: it limits the version of what others ask for, and asks for nothing. */
  constraint: boolean
  /** Whether it can only ever be one version: `==1.2`, a file, a commit or tag. */
  pinned: boolean
  /** The one version, where its number is written: in `==1.2` or the name of a wheel. */
  version: string | null
  /** The file in the bundle that says so, with line and column from 1; columns are UTF-16 units. */
  file: string
  line: number
  column: number
}

/** An option of a requirements file that stands on a line of its own. */
export type RequirementsOption = {
  /** The long spelling, e.g. `--extra-index-url` for `--extra-index`. */
  name: string
  /** Null for those that take none; addresses without the user and password they may hold. */
  value: string | null
  file: string
  line: number
  column: number
}

/** What a requirements file says, and what is wrong with how it says so. */
export type ParsedRequirements = {
  requirements: Requirement[]
  options: RequirementsOption[]
  findings: Finding[]
}
