/**
 * Short texts that stand for the paths of keys. Names are numbered: thousands of paths may begin
 * with the same name of thousands of characters.
 */
export class PathIds {
  readonly #names = new Map<string, number>()

  /** The same for equal paths, another one for every other. */
  of(path: readonly (string | number)[]): string {
    let id = ''
    for (const step of path) id += typeof step === 'number' ? `[${step}` : `.${this.#number(step)}`
    return id
  }

  #number(name: string): number {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    this.#names.set(name, this.#names.size)
    return this.#names.size - 1
  }
}
