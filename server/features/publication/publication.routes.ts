import { Router } from 'express';
import { LEAST_TOLD } from '#server/domain/publication/small-numbers.ts';
import { ruleLabel } from '#server/domain/zoning/roll-up.ts';
import { InvalidRequestError } from '#server/http/request-errors.ts';
import { mount } from '#server/http/mount.ts';
import { getPublication, getToldRegion } from './publication.contract.ts';
import type { PublicationAnswer, ToldAreaAnswer } from './publication.contract.ts';
import type { Publication, PublicationService } from './publication.service.ts';
import type { ToldArea } from './publication.store.ts';

export function publicationRoutes(publications: PublicationService): Router {
  const router = Router();
  mount(router, getPublication, async ({ query }) => {
    const found = await publications.current(past(query.asOf, publications.today()));
    return { publication: found && toPublication(found) };
  });
  mount(router, getToldRegion, async ({ params, query }) => {
    const { publication, areas } = await publications.region(
      params.code,
      past(query.asOf, publications.today()),
    );
    const [area, ...below] = areas.map(toArea);
    if (area === undefined) throw new Error('A region was found and is not in the answer');
    return { publication: toPublication(publication), area, below };
  });
  return router;
}

function past(asOf: string | undefined, today: string): string | null {
  if (asOf === undefined) return null;
  if (asOf > today) throw new InvalidRequestError(FUTURE, [{ parameter: 'asOf', detail: FUTURE }]);
  return asOf;
}

const FUTURE = { zh: '日期不能晚于今天。', en: 'The date must not be after today.' };

function toPublication({ release, day }: Publication): PublicationAnswer {
  const { kind, rule, basis, approvalNumber } = release;
  const label = ruleLabel[rule];
  return { kind, day, rule, ruleLabel: label, basis, approvalNumber, leastTold: LEAST_TOLD };
}

/** An area without figures was not there on that day: that is no more than what is withheld. */
function toArea({ code, names, depth, figures }: ToldArea): ToldAreaAnswer {
  const none = { n1: null, n2: null, n3: null, n4: null, nNone: null };
  const { state, level, told } = figures ?? { state: 'withheld', level: null, told: none };
  return { code, names: { zh: names.zh, en: names.en }, depth, state, level, ...told };
}
