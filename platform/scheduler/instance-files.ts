import path from 'node:path'

/** Where an instance keeps what. The volume is apart, so that clearing the instance can't touch it. */
export class InstanceFiles {
  readonly #dataDir: string

  constructor(dataDir: string) {
    this.#dataDir = dataDir
  }

  get all(): string {
    return path.join(this.#dataDir, 'instances')
  }

  get allVolumes(): string {
    return path.join(this.#dataDir, 'volumes')
  }

  folder(instanceId: string): string {
    return path.join(this.all, instanceId)
  }

  /** What a pause throws away: the unpacked app and its home. */
  scratch(instanceId: string): string {
    return path.join(this.folder(instanceId), 'run')
  }

  app(instanceId: string): string {
    return path.join(this.scratch(instanceId), 'app')
  }

  home(instanceId: string): string {
    return path.join(this.scratch(instanceId), 'home')
  }

  /** Written by the process itself before it becomes the app, so that no process is ever unknown. */
  pid(instanceId: string): string {
    return path.join(this.folder(instanceId), 'pid')
  }

  /** The same for what installs its requirements. */
  installPid(instanceId: string): string {
    return path.join(this.folder(instanceId), 'install')
  }

  /** How the app ended, written by its supervisor. */
  exit(instanceId: string): string {
    return path.join(this.folder(instanceId), 'exit')
  }

  /** The Python that the app was started with, to start it again after a crash. */
  python(instanceId: string): string {
    return path.join(this.folder(instanceId), 'python')
  }

  port(instanceId: string): string {
    return path.join(this.folder(instanceId), 'port')
  }

  logs(instanceId: string): string {
    return path.join(this.folder(instanceId), 'log')
  }

  /** A folder: the log is in parts. */
  log(instanceId: string, run: number): string {
    return path.join(this.logs(instanceId), String(run))
  }

  volume(instanceId: string): string {
    return path.join(this.allVolumes, instanceId)
  }
}
