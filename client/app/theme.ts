import { createTheme } from '@mantine/core';
import type { MantineColorsTuple } from '@mantine/core';

/** Teal: the one accent, never one of the four level colours. Light uses 8, dark uses 3. */
const teal: MantineColorsTuple = [
  '#e7f6f4',
  '#d3ebe8',
  '#a5d8d2',
  '#5cc9be',
  '#3fb3a7',
  '#23968b',
  '#157f75',
  '#0f6c64',
  '#0b5c56',
  '#064641',
];

export const theme = createTheme({
  primaryColor: 'teal',
  colors: { teal },
  primaryShade: { light: 8, dark: 3 },
  autoContrast: true,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  defaultRadius: 8,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: { fontFamily: 'var(--font)', fontWeight: '650' },
});
