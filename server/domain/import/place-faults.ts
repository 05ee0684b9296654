import type { Bilingual } from '../bilingual.ts';
import type { Fault } from '../errors.ts';
import { MAX_LATITUDE } from '../register/shared-rules.ts';

export function latitudeFault(
  latitude: number,
): readonly [problem: Bilingual, expected: Bilingual] {
  return [
    { zh: `纬度为 ${latitude}`, en: `The latitude is ${latitude}` },
    {
      zh: `纬度应在 −${MAX_LATITUDE} 到 ${MAX_LATITUDE} 之间`,
      en: `A latitude between −${MAX_LATITUDE} and ${MAX_LATITUDE}`,
    },
  ];
}

/** A fault of a geometry as a problem of its row: one phrase, with its place in the geometry where it has one. */
export function shapeProblem({ pointer, detail }: Fault): Bilingual {
  const at = pointer === '' ? { zh: '', en: '' } : { zh: `（${pointer}）`, en: ` (${pointer})` };
  return {
    zh: `${detail.zh.replace(/。$/, '')}${at.zh}`,
    en: `${detail.en.replace(/\.$/, '')}${at.en}`,
  };
}
