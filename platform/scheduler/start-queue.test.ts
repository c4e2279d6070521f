import { expect, test } from 'vitest'
import { StartQueue } from './start-queue.ts'

const never = new AbortController().signal
const quiet = () => {}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('so many start at once; the next hears of its place until it is its turn', async () => {
  const queue = new StartQueue(2)
  const first = await queue.enter(never, quiet)
  await queue.enter(never, quiet)
  const heard: string[] = []
  const third = queue.enter(never, (place, isNew) => heard.push(`third ${place} ${isNew}`))
  const fourth = queue.enter(never, (place, isNew) => heard.push(`fourth ${place} ${isNew}`))
  expect(heard).toEqual(['third 1 true', 'fourth 2 true'])
  first?.()
  first?.()
  expect(await third).toBeInstanceOf(Function)
  expect(heard.slice(2)).toEqual(['fourth 1 false'])
  ;(await third)?.()
  expect(await fourth).toBeInstanceOf(Function)
})

test('who gives up leaves the queue, and the others move on', async () => {
  const queue = new StartQueue(1)
  const first = await queue.enter(never, quiet)
  const cancel = new AbortController()
  const gone = queue.enter(cancel.signal, quiet)
  const places: number[] = []
  const next = queue.enter(never, (place) => places.push(place))
  cancel.abort()
  expect(await gone).toBeNull()
  await settled()
  expect(places).toEqual([2, 1])
  first?.()
  expect(await next).toBeInstanceOf(Function)
})
