/** Gives things numbers from 0 up, so that they can be counted in arrays. */
export class Numbering<Value> {
  readonly #numbers = new Map<string, number>()
  readonly #values: Value[] = []

  get size(): number {
    return this.#values.length
  }

  /** @returns the number of what has this key; its value is replaced */
  put(key: string, value: Value): number {
    const number = this.#numbers.get(key) ?? this.#values.length
    this.#numbers.set(key, number)
    this.#values[number] = value
    return number
  }

  find(key: string): number | undefined {
    return this.#numbers.get(key)
  }

  get(number: number): Value | undefined {
    return this.#values[number]
  }

  entries(): ArrayIterator<[number, Value]> {
    return this.#values.entries()
  }
}
