/** Colours to choose from that are told apart as chips, in both themes. */
export const chipPalette = [
  { name: 'Red', color: '#c22f3d' },
  { name: 'Orange', color: '#c9702b' },
  { name: 'Amber', color: '#b8860b' },
  { name: 'Lime', color: '#6a8f1f' },
  { name: 'Green', color: '#1f9d61' },
  { name: 'Teal', color: '#0f8f8c' },
  { name: 'Sky', color: '#1c7ec2' },
  { name: 'Blue', color: '#3b5bdb' },
  { name: 'Indigo', color: '#5f3dc4' },
  { name: 'Violet', color: '#8a3fc7' },
  { name: 'Pink', color: '#c2377f' },
  { name: 'Brown', color: '#8d5a3b' },
  { name: 'Slate', color: '#5a686d' },
] as const
