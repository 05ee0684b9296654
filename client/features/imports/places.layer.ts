import type {
  CircleLayerSpecification,
  ExpressionSpecification,
  LayerSpecification,
  SourceSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import { FONT } from '#client/map/expressions.ts';
import type { LayerContext, LayerModule } from '#client/map/layer-module.ts';
import { palettes } from '#client/map/palette.ts';
import type { Theme } from '#client/map/palette.ts';
import { readingLetter } from './import-words.ts';
import type { PlaceData } from './places.ts';
import { readingTone, TONED_READINGS } from './reading-tone.ts';

const DOTS = 'import-dots';
const OTHERS = 'import-others';
const LINES = 'import-lines';

/** Tone of what needs a look; far from the orange and yellow of the levels. */
export const WARN_TONE: Readonly<Record<Theme, string>> = { light: '#7A5C2E', dark: '#D3BC8C' };

/** Layers that answer to the pointer. */
export const PLACE_LAYERS = [DOTS, OTHERS];

export type PlaceMarks = {
  /** Each reading has its letter: several are in question and none is decided. */
  readonly isLettered: boolean;
  /** Place of the reading that is looked at among the others; −1: none. */
  readonly chosen: number;
};

/** Places of the rows by what becomes of them: never in one of the four colours, which are levels. */
export function placesLayer(marks: PlaceMarks): LayerModule {
  return {
    id: 'import-places',
    requests: () => [],
    layers: (context) => ({
      line: [lines(context)],
      mark: [halo(context), dots(context, marks)],
      top: [others(context, marks), ...(marks.isLettered ? letters(context) : [])],
    }),
    onClick: {},
  };
}

export function placeSources(data: PlaceData): Readonly<Record<string, SourceSpecification>> {
  return {
    [DOTS]: { type: 'geojson', data: data.dots },
    [OTHERS]: { type: 'geojson', data: data.others },
    [LINES]: { type: 'geojson', data: data.lines },
  };
}

const PLAIN_RADIUS: ExpressionSpecification = [
  'interpolate',
  ['linear'],
  ['zoom'],
  5,
  3.5,
  10,
  5,
  14,
  7,
];
/** Room for a letter. */
const LETTER_RADIUS: ExpressionSpecification = [
  'interpolate',
  ['linear'],
  ['zoom'],
  5,
  3.5,
  9,
  5,
  10.5,
  8.5,
];

function dots({ theme }: LayerContext, { isLettered }: PlaceMarks): CircleLayerSpecification {
  const { accent, card, inkSoft } = palettes[theme];
  const warn = WARN_TONE[theme];
  return {
    id: DOTS,
    type: 'circle',
    source: DOTS,
    layout: {
      // Faulty rows are drawn last, over the others.
      'circle-sort-key': ['match', ['get', 'status'], 'faulty', 3, 'changed', 2, 'new', 1, 0],
    },
    paint: {
      'circle-radius': isLettered ? LETTER_RADIUS : PLAIN_RADIUS,
      'circle-color': ['match', ['get', 'status'], 'new', accent, 'unchanged', inkSoft, card],
      'circle-stroke-color': ['match', ['get', 'status'], 'changed', accent, 'faulty', warn, card],
      'circle-stroke-width': ['match', ['get', 'status'], ['changed', 'faulty'], 2.5, 1.2],
    },
  };
}

/** A ring round places that have a warning. */
function halo({ theme }: LayerContext): CircleLayerSpecification {
  return {
    id: 'import-warned',
    type: 'circle',
    source: DOTS,
    filter: ['==', ['get', 'isWarned'], true],
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 5, 7, 10, 9, 14, 12],
      'circle-color': 'rgba(0, 0, 0, 0)',
      'circle-stroke-color': WARN_TONE[theme],
      'circle-stroke-width': 1.4,
    },
  };
}

/** Small and full, so that the place as it is read stays visible under it. */
function others({ theme }: LayerContext, marks: PlaceMarks): CircleLayerSpecification {
  const { accent, card } = palettes[theme];
  const isChosen: ExpressionSpecification = ['==', ['get', 'reading'], marks.chosen];
  return {
    id: OTHERS,
    type: 'circle',
    source: OTHERS,
    paint: {
      'circle-radius': marks.isLettered
        ? LETTER_RADIUS
        : ['interpolate', ['linear'], ['zoom'], 5, 1.8, 10, 3, 14, 5],
      'circle-color': toneOfReading(theme),
      'circle-stroke-color': marks.isLettered ? ['case', isChosen, accent, card] : card,
      'circle-stroke-width': marks.isLettered ? ['case', isChosen, 3, 1] : 0.8,
    },
  };
}

/** The others are counted from the reading after the first, and from 0. */
function toneOfReading(theme: Theme): ExpressionSpecification {
  const tones = Array.from({ length: TONED_READINGS - 1 }, (_, reading) => [
    reading,
    readingTone(theme, reading + 1),
  ]);
  const other = readingTone(theme, TONED_READINGS);
  return [
    'match',
    ['get', 'reading'],
    ...tones.flat(),
    other,
  ] as unknown as ExpressionSpecification;
}

/** A to the places as they are read, B, C … to the other readings; few of many rows have room for it. */
function letters({ theme }: LayerContext): readonly LayerSpecification[] {
  const one = (id: string, source: string, letter: string | ExpressionSpecification) =>
    ({
      id,
      type: 'symbol',
      source,
      minzoom: 10,
      layout: {
        'text-field': letter,
        'text-font': FONT,
        'text-size': 11,
        'text-padding': 0,
      },
      paint: { 'text-color': palettes[theme].card },
    }) as const satisfies LayerSpecification;
  return [
    one('import-other-letters', OTHERS, ['get', 'letter']),
    one('import-letters', DOTS, readingLetter(0)),
  ];
}

function lines({ theme }: LayerContext): LayerSpecification {
  return {
    id: LINES,
    type: 'line',
    source: LINES,
    paint: {
      'line-color': palettes[theme].ink,
      'line-opacity': 0.55,
      'line-width': 1.4,
      'line-dasharray': [2, 1.5],
    },
  };
}
