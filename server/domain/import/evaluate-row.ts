import type { Bilingual } from '../bilingual.ts';

import { MAIN_SUBJECT, WRITTEN_SUBJECTS } from './column-table.ts';
import { NAMING_FIELDS } from './column-needs.ts';
import type {
  EnterpriseValues,
  EvaluatedRow,
  EvaluatedSubject,
  HazardSourceValues,
  RiskPointValues,
  RowFault,
  RowToEvaluate,
} from './evaluated-row.ts';
import { readAssessment } from './read-assessment.ts';
import { plainCreditCode } from './read-credit-code.ts';
import { NAMING, readNaming } from './read-identity.ts';
import type { NamedSubject, Naming } from './read-identity.ts';
import { readMeasures } from './read-measures.ts';
import { readPlace } from './read-place.ts';
import { readStatedRegion } from './read-region.ts';
import { identityOf, readEnterprise, readHazardSource, readRiskPoint } from './read-subjects.ts';
import type { Remainder } from './read-subjects.ts';
import { RowCells } from './row-cells.ts';
import { planRows } from './row-plan.ts';
import type { EvaluatorOptions, RowPlan } from './row-plan.ts';

/**
 * A function that judges the rows of one file, one at a time: what each says of which records, and everything that is
 * wrong in it at once. It never throws for what a row holds. Coordinates come out in WGS 84.
 */
export function createRowEvaluator(
  options: EvaluatorOptions,
): (row: RowToEvaluate) => EvaluatedRow {
  const plan = planRows(options);
  return (row) => evaluateRow(plan, row);
}

type Subjects = {
  readonly enterprise: EvaluatedSubject<EnterpriseValues> | null;
  readonly riskPoint: EvaluatedSubject<RiskPointValues> | null;
  readonly hazardSource: EvaluatedSubject<HazardSourceValues> | null;
};

function evaluateRow(plan: RowPlan, row: RowToEvaluate): EvaluatedRow {
  const cells = new RowCells(plan, row);
  cells.checkAll();
  const rest: Remainder = [];
  const subjects = withAttributes(cells, readSubjects(cells, rest), rest);
  const stated = readStatedRegion(cells);
  const hasPlace = plan.kind === 'risk-points' || plan.kind === 'enterprises';
  const main = plan.kind === 'enterprises' ? subjects.enterprise : subjects.riskPoint;
  const measures = readMeasures(cells);
  const assessment = plan.kind === 'assessments' ? readAssessment(cells) : null;
  const isPlaceNeeded = (main?.identity.id ?? null) === null;
  const place = hasPlace ? readPlace(cells, row, stated, isPlaceNeeded) : null;
  return {
    row: row.row,
    ...subjects,
    measures,
    assessment,
    place,
    stated,
    faults: inOrder(plan, cells.faults),
    warnings: inOrder(plan, cells.warnings),
  };
}

/** Those of the row first, then by column. */
function inOrder({ headers }: RowPlan, found: readonly RowFault[]): readonly RowFault[] {
  if (found.length < 2) return found;
  const at = ({ column }: RowFault) => (column === null ? -1 : headers.indexOf(column));
  return found.toSorted((a, b) => at(a) - at(b));
}

function readSubjects(cells: RowCells, rest: Remainder): Subjects {
  const naming = {
    enterprise: namingOf(cells, 'enterprise'),
    riskPoint: namingOf(cells, 'risk_point'),
    hazardSource: namingOf(cells, 'hazard_source'),
  };
  if (naming.riskPoint === null) checkRiskPoint(cells, naming.hazardSource);
  const writes = (subject: NamedSubject) => WRITTEN_SUBJECTS[cells.plan.kind].includes(subject);
  return {
    enterprise:
      naming.enterprise &&
      (writes('enterprise')
        ? readEnterprise(cells, naming.enterprise)
        : { identity: identityOf(naming.enterprise, null), values: creditCodeOf(cells) }),
    riskPoint:
      naming.riskPoint &&
      (writes('risk_point')
        ? readRiskPoint(cells, naming.riskPoint, rest)
        : { identity: identityOf(naming.riskPoint, null), values: {} }),
    hazardSource:
      naming.hazardSource &&
      (writes('hazard_source')
        ? readHazardSource(cells, naming.hazardSource, rest)
        : { identity: identityOf(naming.hazardSource, null), values: {} }),
  };
}

/** A code that the register holds with a reason must be found too: here only its owner is looked for. */
function creditCodeOf(cells: RowCells): EnterpriseValues {
  const text = cells.line('uscc');
  return text === null ? {} : { uscc: plainCreditCode(text) };
}

/** How the row names a record; null where it does not, which is a fault of the record that the file is about. */
function namingOf(cells: RowCells, subject: NamedSubject): Naming | null {
  const { kind } = cells.plan;
  const isNamed = NAMING_FIELDS[subject].some((id) => cells.isFilled(id));
  const isMain = subject === MAIN_SUBJECT[kind] && kind !== 'assessments';
  if (!isNamed && !isMain) return null;
  const naming = readNaming(cells, subject);
  const isWritten = WRITTEN_SUBJECTS[kind].includes(subject);
  if (isWritten && naming.name === '' && naming.id === null) {
    cells.fault(NAMING[subject].name, NO_NAME[subject], NAME_EXPECTED);
  }
  return naming;
}

const NO_NAME: Readonly<Record<NamedSubject, Bilingual>> = {
  enterprise: { zh: '没有企业名称', en: 'The enterprise has no name' },
  risk_point: { zh: '没有风险点名称', en: 'The risk point has no name' },
  hazard_source: { zh: '没有危险源名称', en: 'The hazard source has no name' },
};

const NAME_EXPECTED: Bilingual = {
  zh: '中文或英文名称；已登记的记录可填系统编号代替',
  en: 'A name in Chinese or English; a registered record may give its identifier instead',
};

/** Hazard sources and assessments belong to a risk point; their own identifier tells which. */
function checkRiskPoint(cells: RowCells, hazardSource: Naming | null): void {
  const { kind } = cells.plan;
  if (kind !== 'hazard-sources' && kind !== 'assessments') return;
  if (hazardSource !== null && hazardSource.id !== null) return;
  cells.fault(
    'riskPointName',
    { zh: '没有风险点', en: 'No risk point' },
    {
      zh: '所属风险点的名称、编号或系统编号',
      en: 'Name, code or identifier of the risk point it belongs to',
    },
  );
}

/** Puts the other columns on the main record, and with them what is said of records that the row does not name. */
function withAttributes(cells: RowCells, subjects: Subjects, rest: Remainder): Subjects {
  const { enterprise, riskPoint, hazardSource } = subjects;
  const entries = [
    ...cells.attributes(),
    ...rest,
    ...(enterprise ? [] : orphans(cells, 'enterprise')),
    ...(riskPoint ? [] : orphans(cells, 'risk_point')),
    ...(hazardSource ? [] : orphans(cells, 'hazard_source')),
  ];
  const more = entries.length > 0 ? { attributes: Object.fromEntries(entries) } : {};
  switch (cells.plan.kind) {
    case 'enterprises':
      return { ...subjects, enterprise: enterprise && extended(enterprise, more) };
    case 'risk-points': {
      const place = enterprise ? {} : addressOf(cells);
      return { ...subjects, riskPoint: riskPoint && extended(riskPoint, { ...place, ...more }) };
    }
    case 'hazard-sources':
      return { ...subjects, hazardSource: hazardSource && extended(hazardSource, more) };
    default:
      return subjects;
  }
}

/** The address in a row without an enterprise is the location of its point, where nothing else is. */
function addressOf(cells: RowCells): RiskPointValues {
  const address = cells.isFilled('location') ? null : cells.line('address');
  return address === null ? {} : { location: address };
}

function extended<V>(subject: EvaluatedSubject<V>, more: Partial<V>): EvaluatedSubject<V> {
  return { ...subject, values: { ...subject.values, ...more } };
}

const OWNERLESS: Readonly<Record<NamedSubject, Bilingual>> = {
  enterprise: {
    zh: '这一行没有企业，内容作为属性保留',
    en: 'The row names no enterprise; kept as an attribute',
  },
  risk_point: {
    zh: '这一行没有风险点，内容作为属性保留',
    en: 'The row names no risk point; kept as an attribute',
  },
  hazard_source: {
    zh: '这一行没有危险源，内容作为属性保留',
    en: 'The row names no hazard source; kept as an attribute',
  },
};

function orphans(cells: RowCells, subject: NamedSubject): Remainder {
  const planned = cells.plan.bySubject.get(subject) ?? [];
  return planned.flatMap(({ header, field }) => {
    const text = cells.line(field.id);
    if (text === null || (field.otherwise !== null && !cells.isFilled(field.otherwise))) return [];
    cells.warn(field.id, OWNERLESS[subject]);
    return [[header, text] as const];
  });
}
