import { createTheme } from '@mui/material/styles'
import { type ColorRoles, dark, fonts, light, radius } from '../ui/tokens.ts'

/** Where the chosen theme is remembered; public/theme-init.js reads the same key before the first paint. */
export const themeStorageKey = 'wavedeck-theme'

function palette(roles: ColorRoles) {
  return {
    primary: {
      main: roles.accent,
      light: roles.accentHover,
      dark: roles.accentHover,
      contrastText: roles.onAccent,
      soft: roles.accentSoft,
    },
    info: { main: roles.accent, soft: roles.accentSoft, contrastText: roles.onAccent },
    success: { main: roles.ok, soft: roles.okSoft, contrastText: roles.surface },
    warning: { main: roles.wait, soft: roles.waitSoft, contrastText: roles.surface },
    error: { main: roles.bad, dark: roles.bad, soft: roles.badSoft, contrastText: roles.surface },
    idle: { main: roles.idle, soft: roles.idleSoft },
    background: { default: roles.bg, paper: roles.surface, sunken: roles.sunken },
    text: {
      primary: roles.text,
      secondary: roles.text2,
      tertiary: roles.text3,
      disabled: roles.text3,
    },
    divider: roles.line,
    line: { main: roles.line, strong: roles.lineStrong, control: roles.control },
    floating: { scrim: roles.scrim, shadow: roles.float },
  }
}

/** Takes some milliseconds, so that it is made when it is needed and not as the code is read. */
export function createCatalogTheme() {
  return createTheme({
    cssVariables: { cssVarPrefix: 'wd', colorSchemeSelector: '[data-theme="%s"]' },
    colorSchemes: { light: { palette: palette(light) }, dark: { palette: palette(dark) } },
    breakpoints: { values: { xs: 0, sm: 600, md: 768, lg: 1024, xl: 1440 } },
    shape: { borderRadius: 10 },
    transitions: {
      duration: { shortest: 80, shorter: 100, short: 120, standard: 150, complex: 180 },
    },
    typography: {
      fontFamily: fonts.text,
      fontWeightBold: 600,
      h1: { fontSize: 28, lineHeight: '36px', fontWeight: 600, letterSpacing: '-0.02em' },
      h2: { fontSize: 16, lineHeight: '24px', fontWeight: 600, letterSpacing: '-0.006em' },
      h3: { fontSize: 15, lineHeight: '22px', fontWeight: 600, letterSpacing: '-0.006em' },
      subtitle1: { fontSize: 16, lineHeight: '24px', letterSpacing: '-0.006em' },
      body1: { fontSize: 14, lineHeight: '22px', letterSpacing: 0 },
      body2: { fontSize: 13, lineHeight: '20px', letterSpacing: 0 },
      caption: { fontSize: 12, lineHeight: '16px', letterSpacing: 0 },
      button: { fontSize: 13, lineHeight: '20px', fontWeight: 600, textTransform: 'none' },
    },
    components: {
      MuiButtonBase: { defaultProps: { disableRipple: true } },
      MuiButton: {
        defaultProps: { disableElevation: true, variant: 'outlined' },
        styleOverrides: {
          root: ({ theme: t }) => ({
            minWidth: 0,
            minHeight: 36,
            padding: '7px 14px',
            borderRadius: radius.control,
            letterSpacing: 0,
            whiteSpace: 'nowrap',
            '&.MuiButton-outlined:not(.MuiButton-colorError)': {
              color: t.vars.palette.text.primary,
              borderColor: t.vars.palette.line.control,
              backgroundColor: t.vars.palette.background.paper,
              '&:hover': { backgroundColor: t.vars.palette.background.sunken },
            },
            '&.MuiButton-outlined.MuiButton-colorError': {
              borderColor: t.vars.palette.error.main,
              '&:hover': { backgroundColor: t.vars.palette.error.soft },
            },
            '&.MuiButton-text:hover': { backgroundColor: t.vars.palette.primary.soft },
            // Some buttons stay focusable while there is nothing to press; they look just as disabled.
            '&&&.Mui-disabled, &&&[aria-disabled="true"]': {
              cursor: 'default',
              color: t.vars.palette.text.tertiary,
              backgroundColor: t.vars.palette.idle.soft,
              borderColor: 'transparent',
            },
          }),
          sizeSmall: { minHeight: 32, padding: '5px 12px' },
        },
      },
      MuiIconButton: {
        styleOverrides: {
          root: ({ theme: t }) => ({
            borderRadius: radius.control,
            color: t.vars.palette.text.secondary,
            '&:hover': { backgroundColor: t.vars.palette.background.sunken },
          }),
        },
      },
      MuiPaper: {
        defaultProps: { elevation: 0 },
        styleOverrides: { root: { backgroundImage: 'none' } },
      },
      MuiMenu: {
        styleOverrides: {
          paper: ({ theme: t }) => ({
            border: `1px solid ${t.vars.palette.line.strong}`,
            boxShadow: t.vars.palette.floating.shadow,
          }),
        },
      },
      MuiDialog: {
        styleOverrides: {
          paper: ({ theme: t }) => ({
            border: `1px solid ${t.vars.palette.line.strong}`,
            borderRadius: radius.l,
            boxShadow: t.vars.palette.floating.shadow,
          }),
        },
      },
      MuiTooltip: { defaultProps: { enterDelay: 300 } },
    },
  })
}
