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

/** The details of checkGeometry by their beginnings. */
const IN_CHINESE: readonly (readonly [RegExp, string])[] = [
  [/^Must be one of/, '几何类型应为点、线或面'],
  [/^Must be an array/, '应为非空的数组'],
  [/^Must be \[lon, lat\]/, '应为 [经度, 纬度]'],
  [/^Longitude and latitude/, '经度和纬度应为有限的数值'],
  [/is not in −180/, '经纬度超出范围'],
  [/^Needs at least/, '点数不足'],
  [/^A ring must end/, '多边形的边界应首尾相接'],
  [/^Has \d+ positions/, '顶点过多'],
];

/** A fault of a geometry, with its place in it. */
export function shapeProblem({ pointer, detail: { en } }: Fault): Bilingual {
  const zh = IN_CHINESE.find(([pattern]) => pattern.test(en))?.[1] ?? '几何有误';
  return { zh: `${zh}（${pointer}）`, en: `${en} (${pointer})` };
}
