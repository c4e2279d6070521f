/** Older samples say little about now. */
const windowMs = 5000

/** How fast something goes, from what was counted over the last seconds. */
export class Speed {
  #samples: { at: number; bytes: number }[] = []

  /**
   * @param at milliseconds
   * @returns bytes a second; null until two counts are far enough apart to tell
   */
  add(at: number, bytes: number): number | null {
    const last = this.#samples.at(-1)
    // Something was sent again: what was counted before means nothing any more.
    if (last !== undefined && bytes < last.bytes) this.#samples = []
    this.#samples.push({ at, bytes })
    while ((this.#samples[0]?.at ?? at) < at - windowMs) this.#samples.shift()
    const first = this.#samples[0]
    if (first === undefined || at - first.at < 500) return null
    return ((bytes - first.bytes) * 1000) / (at - first.at)
  }

  /** Forgets everything: a pause is no slowness. */
  reset(): void {
    this.#samples = []
  }
}
