import type { Page } from '@playwright/test'

/** Drags files and folders from the disk onto the page and lets go; the browser itself reads them, whatever their size. */
export async function dropFromDisk(page: Page, paths: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', {
      type,
      x: 400,
      y: 300,
      data: { items: [], files: paths, dragOperationsMask: 1 },
    })
  await drag('dragEnter')
  await page.getByText('Drop to look inside').waitFor()
  await drag('dragOver')
  await drag('drop')
  await session.detach()
}
