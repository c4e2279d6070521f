/** What the page measures of itself; `bench` of its window. Times are milliseconds. */
export type PageWatch = {
  /**
   * Forgets what was measured. The clock starts at the next drop or click. `isListening` has the main thread do
   * nothing but answer itself in between, so that every silence is heard.
   */
  begin: (isListening: boolean) => void
  /** Until the findings of a dropped bundle were on the screen. */
  untilFindings: () => Promise<number>
  /** Until the shown tab had its last change on the screen. */
  untilTabRests: () => Promise<number>
  /** Until every byte of the bundle was checked. */
  untilChecked: () => Promise<number>
  /** Since `begin`: the longest time in which the main thread did nothing else. Ends measuring. */
  end: () => { longestBlock: number; longTasks: number[] }
}

/** Runs in the page, before anything else there does; so it stands alone. */
export function watchPage(): void {
  const restMs = 300
  let isOn = false
  let isListening = false
  let startedAt = 0
  let lastTick = 0
  let longestBlock = 0
  let longTasks: number[] = []

  const channel = new MessageChannel()
  const tick = () => {
    const now = performance.now()
    longestBlock = Math.max(longestBlock, now - lastTick)
    lastTick = now
    if (isOn && isListening) channel.port2.postMessage(0)
  }
  channel.port1.addEventListener('message', tick)
  channel.port1.start()

  const noteTasks = (entries: PerformanceEntryList) => {
    for (const { duration } of entries) if (isOn) longTasks.push(duration)
  }
  const observer = new PerformanceObserver((list) => noteTasks(list.getEntries()))
  observer.observe({ type: 'longtask' })

  for (const type of ['drop', 'click']) {
    const note = (event: Event) => {
      if (isOn && startedAt === 0) startedAt = event.timeStamp
    }
    window.addEventListener(type, note, { capture: true })
  }

  /** After the next frame: a task that follows one runs once it is handed to the screen. */
  const painted = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - startedAt)))
    })
  const until = (isThere: () => boolean) =>
    new Promise<number>((resolve) => {
      const look = () => {
        if (startedAt === 0 || !isThere()) return
        changes.disconnect()
        resolve(painted())
      }
      const changes = new MutationObserver(look)
      changes.observe(document, { childList: true, subtree: true, attributes: true })
      look()
    })
  const panel = () => document.querySelector('[role=tabpanel]')
  const says = (words: string) => document.querySelector('main')?.textContent.includes(words)

  const bench: PageWatch = {
    begin(listens) {
      isListening = listens
      startedAt = 0
      longestBlock = 0
      longTasks = []
      isOn = true
      lastTick = performance.now()
      if (isListening) channel.port2.postMessage(0)
    },
    untilFindings: () => until(() => panel()?.querySelector('h2, h3') != null),
    untilChecked: () =>
      until(
        () => panel() !== null && !says('Checking every byte') && !says('Every byte is checked'),
      ),
    untilTabRests: () =>
      new Promise<number>((resolve) => {
        let last = Promise.resolve(0)
        let timer: ReturnType<typeof setTimeout> | undefined
        const changes = new MutationObserver(() => {
          if (startedAt === 0) return
          last = painted()
          clearTimeout(timer)
          timer = setTimeout(finish, restMs)
        })
        function finish() {
          changes.disconnect()
          resolve(last)
        }
        changes.observe(document.body, { childList: true, subtree: true, characterData: true })
      }),
    end() {
      if (isListening) tick()
      isOn = false
      noteTasks(observer.takeRecords())
      return { longestBlock, longTasks }
    },
  }
  Object.assign(globalThis, { bench })
}
