import { auditFileHref, auditQuery } from '#client/api/audit.ts';
import type { AuditEvent } from '#client/api/audit.ts';
import {
  actorOf,
  cardOf,
  clockText,
  fieldChanges,
  wordedField,
} from '#client/features/audit/event-words.ts';
import { isFiltered, NO_AUDIT_FILTER } from '#client/state/audit-filter.ts';
import { parseUrl, toUrl } from '#client/state/url-state.ts';

const POINT = '01a20000-0000-7000-8000-000000000001';
const WHO = '01a20000-0000-7000-8000-000000000002';

const anEvent = (parts: Partial<AuditEvent>): AuditEvent => ({
  seq: 7,
  at: '2026-06-15T16:00:05Z',
  account: { id: WHO, name: 'an.quan' },
  keyId: null,
  address: '127.0.0.1',
  requestId: null,
  action: 'change',
  subjectKind: 'risk_points',
  subjectId: POINT,
  before: null,
  after: null,
  hash: 'ab',
  ...parts,
});

describe('the address of the audit', () => {
  const page = (url: string) => parseUrl(url).page;

  it('says what it is searched by, and comes back the same', () => {
    const url = `/audit?account=${WHO}&action=sign-in-refused&subject=%3D1%2B1&from=2026-06-01&to=2026-06-30`;

    expect(page(url)).toEqual({
      kind: 'audit',
      filter: {
        account: WHO,
        action: 'sign-in-refused',
        subject: '=1+1',
        from: '2026-06-01',
        to: '2026-06-30',
      },
    });
    expect(toUrl(parseUrl(url))).toBe(url);
    expect(toUrl(parseUrl('/audit'))).toBe('/audit');
  });

  it.each([
    ['account=somebody'],
    ['action=DROP%20TABLE'],
    [`subject=${'x'.repeat(101)}`],
    ['from=2026-02-30'],
    ['to=0002-01-01'],
  ])('leaves out what means nothing: %s', (query) => {
    expect(page(`/audit?${query}`)).toEqual({ kind: 'audit', filter: NO_AUDIT_FILTER });
  });

  it('knows whether anything is left out', () => {
    expect(isFiltered(NO_AUDIT_FILTER)).toBe(false);
    expect(isFiltered({ ...NO_AUDIT_FILTER, to: '2026-06-30' })).toBe(true);
  });
});

describe('what the service is asked for the audit', () => {
  it('is from the beginning of the first day to the end of the last, where the register is', () => {
    const filter = { ...NO_AUDIT_FILTER, from: '2026-06-15', to: '2026-06-15' };

    expect(auditQuery(filter, 'Asia/Shanghai')).toMatchObject({
      from: '2026-06-14T16:00:00.000Z',
      to: '2026-06-15T16:00:00.000Z',
    });
    // The clocks of Berlin go back on the 25th: that day has 25 hours.
    const long = { ...NO_AUDIT_FILTER, from: '2026-10-25', to: '2026-10-25' };
    expect(auditQuery(long, 'Europe/Berlin')).toMatchObject({
      from: '2026-10-24T22:00:00.000Z',
      to: '2026-10-25T23:00:00.000Z',
    });
  });

  it('is the same for the file', () => {
    const href = auditFileHref(
      { ...NO_AUDIT_FILTER, action: 'export', to: '2026-06-15' },
      { timeZone: 'Asia/Shanghai', language: 'en' },
    );

    expect(href).toBe(
      '/api/v1/audit/file?action=export&to=2026-06-15T16%3A00%3A00.000Z&language=en',
    );
  });
});

describe('an event of the audit', () => {
  it('shows a change field by field', () => {
    const event = anEvent({
      before: { name_zh: '锅炉', fields: [], post: { zh: '班长' } },
      after: { name_zh: '锅炉房', fields: ['fire'], post: null },
    });

    expect(fieldChanges(event)).toEqual([
      { field: 'name_zh', before: '锅炉', after: '锅炉房' },
      { field: 'fields', before: null, after: '["fire"]' },
      { field: 'post', before: '{"zh":"班长"}', after: null },
    ]);
  });

  it('shows of something new only what there is', () => {
    const event = anEvent({ action: 'add', after: { name_zh: '锅炉', uscc: null, demo: false } });

    expect(fieldChanges(event)).toEqual([
      { field: 'name_zh', before: undefined, after: '锅炉' },
      { field: 'demo', before: undefined, after: 'false' },
    ]);
  });

  it('shows what an export was asked for, one parameter after the other', () => {
    const event = anEvent({
      action: 'export',
      after: { query: { list: 'enterprises', level: [1, 2] } },
    });

    expect(fieldChanges(event).map(({ field, after }) => [field, after])).toEqual([
      ['list', 'enterprises'],
      ['level', '[1,2]'],
    ]);
  });

  it('leads to the card of its record, or of the risk point that it is a part of', () => {
    const card = { kind: 'risk-point', id: POINT };

    expect(cardOf(anEvent({}))).toEqual(card);
    expect(cardOf(anEvent({ subjectKind: 'enterprises' }))).toEqual({
      ...card,
      kind: 'enterprise',
    });
    expect(
      cardOf(
        anEvent({ subjectKind: 'assessments', subjectId: WHO, after: { risk_point_id: POINT } }),
      ),
    ).toEqual(card);
    expect(cardOf(anEvent({ subjectKind: 'accounts' }))).toBeNull();
    expect(cardOf(anEvent({ subjectKind: 'enterprises', subjectId: '=1+1' }))).toBeNull();
  });

  it('says who it was, and who cannot be named', () => {
    const nobody = { account: null, subjectKind: 'accounts', subjectId: WHO };

    expect(actorOf(anEvent({}))).toEqual({ name: 'an.quan' });
    expect(actorOf(anEvent({ account: { id: WHO, name: null } }))).toBe('gone');
    expect(actorOf(anEvent({ ...nobody, action: 'sign-in', after: { name: 'li' } }))).toEqual({
      name: 'li',
    });
    expect(actorOf(anEvent({ ...nobody, action: 'sign-in-refused' }))).toBe('stranger');
    expect(actorOf(anEvent({ account: null, address: null }))).toBe('service');
  });

  it('happened when the clocks of the register said so', () => {
    expect(clockText('2026-06-15T16:00:05Z', 'Asia/Shanghai')).toBe('2026-06-16 00:00:05');
  });

  it('names a column by its word, or as it is called', () => {
    expect(wordedField('name_zh')).toBe('name_zh');
    expect(wordedField('constructor')).toBeNull();
  });
});
