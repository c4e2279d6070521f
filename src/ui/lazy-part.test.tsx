import { Suspense } from 'react'
import { expect, test } from 'vitest'
import { renderApp } from '../../mocks/render.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { lazyPart } from './lazy-part.ts'

const Greeting = ({ name }: { name: string }) => <p>Hello, {name}</p>

test('with its code there it is drawn at once, without it the fallback stands in', async () => {
  const fallbacks: string[] = []
  const Fallback = ({ of }: { of: string }) => {
    fallbacks.push(of)
    return null
  }
  const code = Promise.withResolvers<typeof Greeting>()
  const Late = lazyPart(() => code.promise)
  const Ready = lazyPart(async () => Greeting)
  await Ready.preload()
  const screen = await renderApp(
    <>
      <Suspense fallback={<Fallback of="late" />}>
        <Late name="Priya" />
      </Suspense>
      <Suspense fallback={<Fallback of="ready" />}>
        <Ready name="Jonas" />
      </Suspense>
    </>,
  )
  await expect.element(screen.getByText('Hello, Jonas')).toBeVisible()
  expect(screen.getByText('Hello, Priya').query()).toBeNull()
  code.resolve(Greeting)
  await expect.element(screen.getByText('Hello, Priya')).toBeVisible()
  expect(new Set(fallbacks)).toEqual(new Set(['late']))
})

test('code that can’t be had fails where it is drawn, not where it was asked for', async () => {
  const Lost = lazyPart<object>(async () => {
    throw new Error('The code is gone.')
  })
  await expect(Lost.preload()).resolves.toBeUndefined()
  const screen = await renderApp(
    <ErrorBoundary title="This could not be shown">
      <Suspense>
        <Lost />
      </Suspense>
    </ErrorBoundary>,
  )
  await expect.element(screen.getByText('This could not be shown')).toBeVisible()
})
