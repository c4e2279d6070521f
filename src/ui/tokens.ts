/** The look's colour roles. Components use roles through the theme; the hues live here and nowhere else. */
export type ColorRoles = typeof light

export const light = {
  bg: '#f7f8f8',
  surface: '#ffffff',
  sunken: '#f0f2f2',
  line: '#e2e6e7',
  lineStrong: '#cdd4d6',
  control: '#7d8b92',
  text: '#10191c',
  text2: '#4a585d',
  text3: '#5d6a6f',
  accent: '#0b7285',
  accentHover: '#095e6e',
  accentSoft: '#e3f3f5',
  onAccent: '#ffffff',
  ok: '#15703f',
  okSoft: '#e5f5ec',
  wait: '#875a00',
  waitSoft: '#fff4d6',
  bad: '#c22f3d',
  badSoft: '#fdebec',
  idle: '#5a686d',
  idleSoft: '#eceff0',
  scrim: 'rgb(16 25 28 / 0.38)',
  float: '0 12px 32px rgb(16 25 28 / 0.14), 0 2px 6px rgb(16 25 28 / 0.06)',
}

export const dark: ColorRoles = {
  bg: '#0c1214',
  surface: '#131b1e',
  sunken: '#0f1619',
  line: '#222d31',
  lineStrong: '#334247',
  control: '#6b7f88',
  text: '#e8eef0',
  text2: '#aab8bd',
  text3: '#8b9aa2',
  accent: '#4cc4d6',
  accentHover: '#74d4e2',
  accentSoft: '#12323a',
  onAccent: '#04191d',
  ok: '#56c98b',
  okSoft: '#11301f',
  wait: '#e0b03f',
  waitSoft: '#33290c',
  bad: '#f2808a',
  badSoft: '#3a1519',
  idle: '#93a2a8',
  idleSoft: '#1c2629',
  scrim: 'rgb(2 6 7 / 0.62)',
  float: '0 16px 40px rgb(0 0 0 / 0.5), 0 2px 6px rgb(0 0 0 / 0.3)',
}

export const fonts = {
  text: "'Inter Variable', system-ui, sans-serif",
  mono: "'JetBrains Mono Variable', ui-monospace, monospace",
} as const

export const radius = { s: '6px', control: '8px', m: '10px', l: '14px', round: '999px' } as const

/** Status and findings share these five tones. */
export type Tone = 'ok' | 'wait' | 'bad' | 'idle' | 'info'

type Toned = { main: string; soft: string }

declare module '@mui/material/styles' {
  interface CssThemeVariables {
    enabled: true
  }
  interface Palette {
    line: { main: string; strong: string; control: string }
    idle: Toned
    floating: { scrim: string; shadow: string }
  }
  interface PaletteOptions {
    line: { main: string; strong: string; control: string }
    idle: Toned
    floating: { scrim: string; shadow: string }
  }
  interface PaletteColor {
    soft: string
  }
  interface SimplePaletteColorOptions {
    soft?: string
  }
  interface TypeBackground {
    sunken: string
  }
  interface TypeText {
    tertiary: string
  }
}
