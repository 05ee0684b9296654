import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { comparedReadings } from '#client/features/imports/import-words.ts';
import { placesLayer, placeSources } from '#client/features/imports/places.layer.ts';
import {
  boxText,
  cameraOver,
  comparisonBox,
  middlePlace,
  placeData,
  placesBox,
  withReadings,
} from '#client/features/imports/places.ts';
import type { At, ImportPlace } from '#client/features/imports/places.ts';
import { readingTone } from '#client/features/imports/reading-tone.ts';
import { composeStyle } from '#client/map/layer-module.ts';
import { aContext } from './map-context.ts';

const place = (lon: number, lat: number, ...others: readonly At[]): ImportPlace => ({
  row: 2,
  status: 'new',
  position: [lon, lat],
  others: others.map((position, reading) => ({ reading, position })),
  isWarned: false,
});

describe('the small map', () => {
  it('has a dot more for each other reading, and a line to it', () => {
    const data = placeData([place(126, 43), place(127, 44, [127.006, 44.003])]);

    expect(data.dots.features).toHaveLength(2);
    expect(data.others.features.map(({ geometry }) => geometry.coordinates)).toEqual([
      [127.006, 44.003],
    ]);
    expect(data.others.features[0]?.properties).toMatchObject({ row: 2, reading: 0, letter: 'B' });
    expect(data.lines.features[0]?.geometry.coordinates).toEqual([
      [127, 44],
      [127.006, 44.003],
    ]);
  });

  it('puts the answers of several readings to their rows, one that is missing yet left out', () => {
    const rows = [
      { row: 2, status: 'new' as const, position: [126, 43] as const, isWarned: false },
      { row: 3, status: 'new' as const, position: [127, 44] as const, isWarned: false },
    ];
    const found = withReadings(rows, [
      undefined,
      [
        { row: 3, other: [127.006, 44.003] },
        { row: 2, other: null },
      ],
    ]);

    expect(found.map(({ row, others }) => [row, others])).toEqual([
      [2, []],
      [3, [{ reading: 1, position: [127.006, 44.003] }]],
    ]);
  });

  it('compares all readings while none is decided, then only the one that is looked at', () => {
    const reading = (crs: string) => ({
      ...{ crs, swapped: false, names: { zh: crs, en: crs } },
      ...{ offsetMetres: 0, inStatedRegion: 0, outside: 0, checked: 0 },
    });
    const candidates = [reading('wgs84'), reading('gcj02'), reading('bd09')];
    const names = (decided: ReturnType<typeof reading> | null, crs: string | null) =>
      comparedReadings({ decided, candidates }, crs === null ? null : { crs, swapped: false }).map(
        (each) => each.crs,
      );

    expect(names(null, null)).toEqual(['gcj02', 'bd09']);
    expect(names(null, 'bd09')).toEqual(['gcj02', 'bd09']);
    expect(names(null, 'EPSG:4547')).toEqual(['gcj02', 'bd09', 'EPSG:4547']);
    expect(names(reading('gcj02'), null)).toEqual([]);
    expect(names(reading('gcj02'), 'wgs84')).toEqual(['wgs84']);
    expect(names(reading('gcj02'), 'gcj02')).toEqual([]);
  });

  it('paints a reading in the tone of its key, the first of the others in ink', () => {
    const sources = placeSources(placeData([place(126, 43, [126.01, 43])]));
    const layers = placesLayer({ isLettered: true, chosen: 0 });
    const style = composeStyle([layers], aContext({ theme: 'light' }), sources, '#ffffff');
    const others = style.layers.find(({ id }) => id === 'import-others');

    expect(others?.paint).toMatchObject({
      'circle-color': [
        'match',
        ['get', 'reading'],
        ...[0, '#14181F', 1, '#6A3FA0', 2, '#8A2F52', '#14181F'],
      ],
    });
    expect([0, 1, 2, 3, 9].map((index) => readingTone('dark', index))).toEqual([
      '#5CC9BE',
      '#EEF1F5',
      '#C4A6F2',
      '#E39BB8',
      '#EEF1F5',
    ]);
  });

  it('frames every place; without any there is nothing to frame', () => {
    expect(placesBox([place(126, 43.5), place(127, 43, [128, 44])])).toEqual([126, 43, 128, 44]);
    expect(placesBox([])).toBeNull();
    // A latitude and a longitude that changed places would be beyond the pole.
    expect(placesBox([place(126, 43.5), place(43, 126)])).toEqual([43, 43.5, 126, 85]);
  });

  it('goes close to the middle row where two readings would lie on each other', () => {
    const near = [
      place(126, 43, [126.01, 43]),
      place(127, 44, [127.01, 44]),
      place(128, 45, [128.01, 45]),
    ];
    const box = comparisonBox(near) ?? [];

    // 0.01° between the readings, twice as much room on each side of the middle row.
    expect(box.map((degrees) => Math.round(degrees * 1000) / 1000)).toEqual([
      126.98, 43.98, 127.03, 44.02,
    ]);
    expect(comparisonBox([place(126, 43, [126.5, 43]), place(128, 45, [128.5, 45])])).toBeNull();
    expect(comparisonBox([place(126, 43), place(127, 44)])).toBeNull();
  });

  it('takes the row in the middle to say where a reading leads to', () => {
    expect(middlePlace([place(126, 43), place(127.2, 44), place(128, 45)])?.position).toEqual([
      127.2, 44,
    ]);
    expect(middlePlace([])).toBeNull();
  });

  it('lists what lies in the box with a little room round it', () => {
    // 2 % of 1° across and of 0.5° up; never less than 0.0001°.
    expect(boxText([126, 43, 127, 43.5])).toBe('125.980000,42.990000,127.020000,43.510000');
    expect(boxText([126, 43, 126, 43])).toBe('125.999900,42.999900,126.000100,43.000100');
  });

  it('leads to a camera over what was written', () => {
    // A box of 360°/64 = 5.625° across 512 px is the whole tile at zoom 6.
    const camera = cameraOver([120, -1, 125.625, 1], { width: 512, height: 512 });

    expect(camera.zoom).toBeCloseTo(6, 5);
    expect([camera.lng, camera.lat]).toEqual([122.8125, 0]);
    expect(cameraOver([126, 43, 126, 43], { width: 512, height: 512 }).zoom).toBe(14);
  });

  it.each(['light', 'dark'] as const)(
    'is a valid style in the %s theme, in no level colour, with a letter for each reading',
    (theme) => {
      const sources = placeSources(placeData([place(126, 43, [126.01, 43])]));
      const layers = placesLayer({ isLettered: true, chosen: 0 });
      const style = composeStyle([layers], aContext({ theme }), sources, '#ffffff');

      expect(validateStyleMin(style)).toEqual([]);
      expect(style.layers.map(({ id }) => id)).toEqual([
        'ground',
        'import-lines',
        'import-warned',
        'import-dots',
        'import-others',
        'import-other-letters',
        'import-letters',
      ]);
      expect(JSON.stringify(style)).not.toMatch(/BE1E2D|EE8A3C|FBE655|1B66C9/i);
    },
  );
});
