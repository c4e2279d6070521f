import 'react'

declare module 'react' {
  interface CSSProperties {
    /** Custom properties are set through the CSSOM, which the Content-Security-Policy allows. */
    [variable: `--${string}`]: string | number | undefined
  }
}
