import { styled } from '@mui/material/styles'
import { type ReactNode, useContext, useEffect } from 'react'
import { PageFrame } from './page-frame.ts'

const Root = styled('div')(({ theme }) => ({
  width: '100%',
  maxWidth: 1264,
  margin: '0 auto',
  padding: '24px 16px 48px',
  [theme.breakpoints.up('sm')]: { padding: '28px 24px 64px' },
  [theme.breakpoints.up('lg')]: { padding: '28px 36px 64px' },
}))

/** A page's frame. `title` goes to the document's title, before the product's name. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  const { productName } = useContext(PageFrame)
  useEffect(() => {
    document.title = `${title} · ${productName}`
  }, [title, productName])
  return <Root>{children}</Root>
}
