import { isUnsafeName } from '#server/domain/unsafe-name.ts';
import { broken } from './refusal.ts';

/** Throws for a column that is called like a member which every object has. */
export function checkColumnNames(headers: readonly string[], row: number): void {
  const name = headers.find(isUnsafeName);
  if (name === undefined) return;
  throw broken(
    `文件被拒绝：第 ${row} 行的列名“${name}”是保留名称，不能用作列名。请改名或删去这一列。`,
    `Refused: row ${row} names a column "${name}", which is reserved and no name for a column. Rename or delete it.`,
    { row, column: name },
  );
}

/** The same for a property of a GeoJSON feature. */
export function checkPropertyName(name: string, row: number): void {
  if (!isUnsafeName(name)) return;
  throw broken(
    `文件被拒绝：第 ${row} 个要素的属性名“${name}”是保留名称，不能用作属性名。请改名或删去这个属性。`,
    `Refused: feature ${row} has a property "${name}", which is reserved and no name for a property. Rename or delete it.`,
    { row, column: name },
  );
}
