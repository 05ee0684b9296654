import { RuleViolationError } from '../errors.ts';
import type { Fault } from '../errors.ts';
import { DefinitionReader } from './definition-reader.ts';
import type { JsonObject } from './definition-reader.ts';
import type {
  Band,
  Factor,
  MatrixBand,
  MatrixCell,
  MethodDefinition,
  ScaleValue,
} from './method.ts';

const FAULTY = { zh: '评估方法的定义有误。', en: 'The method definition has faults' };

/**
 * Turns a stored definition into a MethodDefinition. Throws RuleViolationError with every fault:
 * wrong types, and rules no type can hold (bands in order, every cell of a matrix there once).
 */
export function parseDefinition(json: unknown): MethodDefinition {
  const reader = new DefinitionReader();
  const definition = readDefinition(reader, json);
  const faults = reader.faults.length > 0 ? reader.faults : rulesBroken(definition);
  if (faults.length > 0) {
    throw new RuleViolationError(FAULTY, faults);
  }
  return definition;
}

function readDefinition(reader: DefinitionReader, json: unknown): MethodDefinition {
  const object = reader.object(json, '');
  const common = {
    method: reader.text(object, '', 'method'),
    variant: reader.text(object, '', 'variant'),
    revision: reader.count(object, '', 'revision'),
    name: reader.bilingual(object, '', 'name'),
    description: reader.bilingual(object, '', 'description'),
    formula: reader.text(object, '', 'formula'),
    scoreSymbol: reader.text(object, '', 'scoreSymbol'),
    factors: reader.list(object, '', 'factors', (item, at) => readFactor(reader, item, at)),
    clause: reader.bilingual(object, '', 'clause'),
    source: reader.text(object, '', 'source'),
    verified: reader.flag(object, '', 'verified'),
    validFrom: reader.day(object, '', 'validFrom'),
    validTo: object['validTo'] === null ? null : reader.day(object, '', 'validTo'),
    isDefault: reader.flag(object, '', 'isDefault'),
  };
  const kind = reader.oneOf(object, '', 'kind', ['product', 'matrix']);
  if (kind === 'product') {
    const bands = reader.list(object, '', 'bands', (item, at) => readBand(reader, item, at));
    return { ...common, kind, bands };
  }
  return {
    ...common,
    kind,
    score: reader.oneOf(object, '', 'score', ['product']),
    cells: reader.list(object, '', 'cells', (item, at) => readCell(reader, item, at)),
    bands: reader.list(object, '', 'bands', (item, at) => readMatrixBand(reader, item, at)),
  };
}

function readFactor(reader: DefinitionReader, object: JsonObject, at: string): Factor {
  return {
    id: reader.text(object, at, 'id'),
    name: reader.bilingual(object, at, 'name'),
    scale: reader.list(object, at, 'scale', (item, itemAt): ScaleValue => ({
      value: reader.number(item, itemAt, 'value'),
      text: reader.bilingual(item, itemAt, 'text'),
      verified: reader.flag(item, itemAt, 'verified'),
    })),
  };
}

function readBand(reader: DefinitionReader, object: JsonObject, at: string): Band {
  return {
    level: reader.level(object, at),
    min: reader.number(object, at, 'min'),
    minInclusive: reader.flag(object, at, 'minInclusive'),
    label: reader.bilingual(object, at, 'label'),
    verified: reader.flag(object, at, 'verified'),
  };
}

function readCell(reader: DefinitionReader, object: JsonObject, at: string): MatrixCell {
  return {
    L: reader.number(object, at, 'L'),
    S: reader.number(object, at, 'S'),
    level: reader.level(object, at),
  };
}

function readMatrixBand(reader: DefinitionReader, object: JsonObject, at: string): MatrixBand {
  return {
    level: reader.level(object, at),
    range: reader.text(object, at, 'range'),
    label: reader.bilingual(object, at, 'label'),
    verified: reader.flag(object, at, 'verified'),
  };
}

function rulesBroken(definition: MethodDefinition): readonly Fault[] {
  const faults = [...commonFaults(definition), ...definition.factors.flatMap(scaleFaults)];
  return faults.concat(
    definition.kind === 'product' ? bandFaults(definition) : matrixFaults(definition),
  );
}

function commonFaults({ factors, formula, validFrom, validTo }: MethodDefinition): Fault[] {
  const faults: Fault[] = [];
  const ids = factors.map((factor) => factor.id);
  if (new Set(ids).size < ids.length) {
    faults.push({
      pointer: '/factors',
      detail: { zh: '两个因子的 id 相同。', en: 'Two factors have the same id' },
    });
  }
  const product = ids.join(' × ');
  if (formula !== product) {
    faults.push({
      pointer: '/formula',
      detail: { zh: `应为“${product}”。`, en: `It must read "${product}"` },
    });
  }
  if (validTo !== null && validTo <= validFrom) {
    faults.push({
      pointer: '/validTo',
      detail: { zh: '应晚于 validFrom。', en: 'It must be later than validFrom' },
    });
  }
  return faults;
}

function scaleFaults({ scale }: Factor, index: number): Fault[] {
  const pointer = `/factors/${index}/scale`;
  const faults: Fault[] = [];
  if (new Set(scale.map((step) => step.value)).size < scale.length) {
    faults.push({
      pointer,
      detail: { zh: '两档的取值相同。', en: 'Two steps have the same value' },
    });
  }
  if (scale.some((step) => step.value <= 0)) {
    faults.push({ pointer, detail: { zh: '取值都应大于 0。', en: 'Every value must be above 0' } });
  }
  return faults;
}

function bandFaults({ bands }: { readonly bands: readonly Band[] }): Fault[] {
  const faults = bands.flatMap((band, index): Fault[] => {
    const worse = bands[index - 1];
    if (!worse || (band.min < worse.min && band.level >= worse.level)) return [];
    const detail = {
      zh: '分级应由重到轻排列，下限逐级减小。',
      en: 'Bands must be ordered worst first, each with a smaller minimum',
    };
    return [{ pointer: `/bands/${index}`, detail }];
  });
  const last = bands.at(-1);
  if (last && last.min > 0) {
    faults.push({
      pointer: `/bands/${bands.length - 1}/min`,
      detail: { zh: '最后一级应从 0 起。', en: 'The last must start at 0' },
    });
  }
  return faults;
}

type Matrix = {
  readonly factors: readonly Factor[];
  readonly cells: readonly MatrixCell[];
  readonly bands: readonly MatrixBand[];
};

function matrixFaults({ factors, cells, bands }: Matrix): Fault[] {
  const [l, s] = factors;
  if (l?.id !== 'L' || s?.id !== 'S' || factors.length !== 2) {
    const detail = { zh: '矩阵法的因子为 L 和 S。', en: 'A matrix has the factors L and S' };
    return [{ pointer: '/factors', detail }];
  }
  const faults = l.scale.flatMap(({ value: L }) =>
    s.scale.flatMap(({ value: S }) => cellFaults(cells, { L, S })),
  );
  if (faults.length === 0 && cells.length !== l.scale.length * s.scale.length) {
    const detail = { zh: '有单元格不在取值表的范围内。', en: 'A cell lies off the scales' };
    faults.push({ pointer: '/cells', detail });
  }
  const named = new Set(bands.map((band) => band.level));
  if (cells.some((cell) => !named.has(cell.level))) {
    const detail = {
      zh: '单元格所用的等级没有对应的分级。',
      en: 'A level used by a cell has no band',
    };
    faults.push({ pointer: '/bands', detail });
  }
  return faults;
}

function cellFaults(
  cells: readonly MatrixCell[],
  { L, S }: Pick<MatrixCell, 'L' | 'S'>,
): readonly Fault[] {
  const found = cells.filter((cell) => cell.L === L && cell.S === S).length;
  if (found === 1) return [];
  const detail = {
    zh: `L ${L}、S ${S} 的单元格出现 ${found} 次，应为 1 次。`,
    en: `The cell L ${L}, S ${S} is there ${found} times`,
  };
  return [{ pointer: '/cells', detail }];
}
