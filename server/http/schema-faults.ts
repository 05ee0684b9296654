import type { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import { pointerKey } from '../domain/errors.ts';
import { issueText } from './issue-text.ts';
import type { RequestFault } from './request-errors.ts';

/** How the input of a request is parsed: refusals repeat what was given. */
export const WITH_INPUT = { reportInput: true } as const;

/** Issues of a query or path schema, each with the name of its parameter. */
export function parameterFaults(error: z.ZodError, known: readonly string[]): RequestFault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((parameter) => ({ parameter, detail: unknownText(known) }));
    }
    return [{ parameter: String(issue.path[0] ?? ''), detail: issueText(issue) }];
  });
}

/** Issues of a body schema, each with a JSON Pointer (RFC 6901) into the body. */
export function bodyFaults(error: z.ZodError): RequestFault[] {
  return error.issues.flatMap((issue) => {
    const pointer = pointerOf(issue.path);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: `${pointer}/${pointerKey(key)}`,
        detail: { zh: '没有这一项。', en: 'Unknown member' },
      }));
    }
    return [{ pointer, detail: issueText(issue) }];
  });
}

export function unknownText(known: readonly string[]): Bilingual {
  return known.length > 0
    ? {
        zh: `没有这个参数；可用：${known.join('、')}。`,
        en: `Unknown parameter; known here: ${known.join(', ')}`,
      }
    : { zh: '没有这个参数；此处不接受参数。', en: 'Unknown parameter; none is taken here' };
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${pointerKey(String(key))}`).join('');
}
