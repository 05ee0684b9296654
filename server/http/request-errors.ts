import type { ProblemFault, ProblemSlug } from '../contract/problem.contract.ts';

/** The path, the query or the body does not fit the contract. Carries every fault found, not just the first. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
  readonly faults: readonly ProblemFault[];

  constructor(detail: string, faults: readonly ProblemFault[] = []) {
    super(detail);
    this.faults = faults;
  }

  /** A request whose address is wrong is malformed, whatever its body holds. */
  get slug(): 'invalid-request' | 'invalid-body' {
    const onlyBody =
      this.faults.length > 0 && this.faults.every((fault) => fault.pointer !== undefined);
    return onlyBody ? 'invalid-body' : 'invalid-request';
  }
}

type EdgeSlug = Exclude<
  ProblemSlug,
  'invalid-request' | 'invalid-body' | 'rule-violation' | 'internal'
>;

/** Refused at the edge, before any rule of the domain is asked. The detail is shown to the caller. */
export class RequestRefusedError extends Error {
  override readonly name = 'RequestRefusedError';
  readonly slug: EdgeSlug;
  readonly headers: Readonly<Record<string, string>>;

  constructor(slug: EdgeSlug, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.slug = slug;
    this.headers = headers;
  }
}
