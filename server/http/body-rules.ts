import { z } from 'zod';
import type { Fault } from '../domain/errors.ts';
import { faultCount, InvalidRequestError } from './request-errors.ts';

/**
 * The members of a body that their own schema takes, so that rules can be asked about these although others are
 * malformed. A member that is there but cannot be used is `undefined`.
 */
export function soundMembers(schema: z.ZodType, body: unknown): Readonly<Record<string, unknown>> {
  if (!(schema instanceof z.ZodObject) || typeof body !== 'object' || body === null) return {};
  const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
  const given = Object.entries(shape).filter(([key]) => Object.hasOwn(body, key));
  return Object.fromEntries(
    given.map(([key, member]) => {
      const parsed = member.safeParse((body as Record<string, unknown>)[key]);
      return [key, parsed.success ? parsed.data : undefined];
    }),
  );
}

/** The refusal of a body with the faults that the rules found beside those of its schema, each place told once. */
export function withRuleFaults(
  refusal: InvalidRequestError,
  found: readonly Fault[],
): InvalidRequestError {
  const told = new Set(refusal.faults.map((fault) => fault.pointer));
  const more = found.filter((fault) => !told.has(fault.pointer));
  const faults = [...refusal.faults, ...more];
  return new InvalidRequestError(faultCount(faults), faults);
}
