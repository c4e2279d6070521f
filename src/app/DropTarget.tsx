import { Suspense, useEffect, useState } from 'react'
import { DropOverlay } from './pages.ts'

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

/** Waits for files to be dragged over the catalog. What takes them is fetched when they come. */
export function DropTarget() {
  const [isDragging, setDragging] = useState(false)
  useEffect(() => {
    const enter = (event: DragEvent) => {
      if (hasFiles(event)) setDragging(true)
    }
    // Files that miss their aim would be opened in place of the catalog.
    const keep = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault()
    }
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragover', keep)
    window.addEventListener('drop', keep)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragover', keep)
      window.removeEventListener('drop', keep)
    }
  }, [])
  if (!isDragging) return null
  return (
    <Suspense>
      <DropOverlay onEnd={() => setDragging(false)} />
    </Suspense>
  )
}
