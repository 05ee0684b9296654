import type { ProblemFault, ProblemSlug } from '../contract/problem.contract.ts';
import type { Bilingual } from '../domain/bilingual.ts';

/** A fault before the language of the answer is known. */
export type RequestFault = Omit<ProblemFault, 'detail'> & { readonly detail: Bilingual };

/** The path, the query or the body does not fit the contract. Carries every fault found, not just the first. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
  readonly detail: Bilingual;
  readonly faults: readonly RequestFault[];

  constructor(detail: Bilingual, faults: readonly RequestFault[] = []) {
    super(detail.en);
    this.detail = detail;
    this.faults = faults;
  }

  /** A request whose address is wrong is malformed, whatever its body holds. */
  get slug(): 'invalid-request' | 'invalid-body' {
    const onlyBody =
      this.faults.length > 0 && this.faults.every((fault) => fault.pointer !== undefined);
    return onlyBody ? 'invalid-body' : 'invalid-request';
  }
}

export function faultCount(faults: readonly unknown[]): Bilingual {
  const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
  return {
    zh: `请求有 ${faults.length} 处错误，逐一列在 errors 中。`,
    en: `The request has ${count}; “errors” names each place.`,
  };
}

type EdgeSlug = Exclude<
  ProblemSlug,
  'invalid-request' | 'invalid-body' | 'rule-violation' | 'internal'
>;

/** Refused at the edge, before any rule of the domain is asked. The detail is shown to the caller. */
export class RequestRefusedError extends Error {
  override readonly name = 'RequestRefusedError';
  readonly slug: EdgeSlug;
  readonly detail: Bilingual;
  readonly headers: Readonly<Record<string, string>>;

  constructor(slug: EdgeSlug, detail: Bilingual, headers: Readonly<Record<string, string>> = {}) {
    super(detail.en);
    this.slug = slug;
    this.detail = detail;
    this.headers = headers;
  }
}
