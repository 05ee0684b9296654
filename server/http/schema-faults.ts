import type { z } from 'zod';
import type { ProblemFault } from '../contract/problem.contract.ts';
import { pointerKey } from '../domain/errors.ts';

type Issue = z.core.$ZodIssue;

/** Issues of a query or path schema, each with the name of its parameter. */
export function parameterFaults(error: z.ZodError, known: readonly string[]): ProblemFault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((parameter) => ({ parameter, detail: unknownText(known) }));
    }
    return [{ parameter: String(issue.path[0] ?? ''), detail: issueText(issue) }];
  });
}

/** Issues of a body schema, each with a JSON Pointer (RFC 6901) into the body. */
export function bodyFaults(error: z.ZodError): ProblemFault[] {
  return error.issues.flatMap((issue) => {
    const pointer = pointerOf(issue.path);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: `${pointer}/${pointerKey(key)}`,
        detail: 'Unknown member',
      }));
    }
    return [{ pointer, detail: issueText(issue) }];
  });
}

export function unknownText(known: readonly string[]): string {
  return known.length > 0
    ? `Unknown parameter; known here: ${known.join(', ')}`
    : 'Unknown parameter; none is taken here';
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${pointerKey(String(key))}`).join('');
}

function issueText(issue: Issue): string {
  const { code, message } = issue;
  if (code === 'invalid_type' && message.endsWith('undefined')) return 'Is missing';
  // The contracts word a pattern as what is expected: “a whole number”.
  if (code === 'invalid_format' && issue.format === 'regex' && !message.startsWith('Invalid')) {
    return `Must be ${message}`;
  }
  return code === 'invalid_key' ? (issue.issues[0]?.message ?? message) : message;
}
