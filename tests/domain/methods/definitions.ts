import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import { parseDefinition } from '#server/domain/methods/parse-definition.ts';

/** The raw definitions the product ships, by file name. */
export function shippedJson(name: 'lec' | 'ls'): readonly unknown[] {
  const file = resolve(process.cwd(), `data/methods/${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as unknown[];
}

export const shippedDefinitions: readonly MethodDefinition[] = [
  ...shippedJson('lec'),
  ...shippedJson('ls'),
].map(parseDefinition);

export function shipped(method: string, variant: string): MethodDefinition {
  const found = shippedDefinitions.find((d) => d.method === method && d.variant === variant);
  if (!found) throw new Error(`No definition ${method} ${variant}`);
  return found;
}
