import type { AssessmentState } from '#server/domain/in-force.ts';
import { levelTimeline } from '#server/domain/timeline.ts';
import { anAssessment, aTimeline, brief, h2, point } from './timeline-factories.ts';

describe('the timeline of a risk point', () => {
  it('is one open period, not assessed, where nothing was assessed', () => {
    expect(levelTimeline(aTimeline({}))).toEqual([
      {
        validFrom: 0,
        validTo: null,
        state: 'not_assessed',
        level: null,
        lastLevel: null,
        dynamicLevel: null,
        lifecycle: 'running',
        decidedBy: null,
      },
    ]);
  });

  it('is empty before the point exists', () => {
    expect(levelTimeline(aTimeline({ existsFrom: 101 }))).toEqual([]);
    expect(levelTimeline(aTimeline({ existsFrom: 100 }))).toHaveLength(1);
  });

  it('lets the newer assessment of a subject supersede the older, better or worse', () => {
    const assessments = [
      anAssessment({ id: 'b', assessedAt: 20, level: 4 }),
      anAssessment({ id: 'a', assessedAt: 10, level: 2 }),
    ];

    expect(brief(levelTimeline(aTimeline({ assessments })))).toEqual([
      '0–10 not_assessed',
      '10–20 assessed 2 (a)',
      '20– assessed 4 (b)',
    ]);
  });

  it('takes the worst over the point itself and its hazard sources', () => {
    const assessments = [
      anAssessment({ id: 'own', subject: point, level: 4, assessedAt: 10 }),
      anAssessment({ id: 'h1', level: 2, assessedAt: 20 }),
      anAssessment({ id: 'h2', subject: h2, level: 3, assessedAt: 30 }),
      anAssessment({ id: 'h1b', level: 4, assessedAt: 40 }),
    ];

    expect(brief(levelTimeline(aTimeline({ assessments })))).toEqual([
      '0–10 not_assessed',
      '10–20 assessed 4 (own)',
      '20–40 assessed 2 (h1)',
      '40– assessed 3 (h2)',
    ]);
  });

  it('tells a point from a hazard source of the same id', () => {
    const assessments = [
      anAssessment({ id: 'a', level: 1, subject: { kind: 'risk_point', id: 'x' } }),
      anAssessment({
        id: 'b',
        level: 4,
        assessedAt: 20,
        subject: { kind: 'hazard_source', id: 'x' },
      }),
    ];

    expect(brief(levelTimeline(aTimeline({ assessments }))).at(-1)).toBe('10– assessed 1 (a)');
  });

  it('expires when the last assessment lapses and keeps the last level', () => {
    const assessments = [anAssessment({ id: 'a', level: 2, validUntil: 50 })];

    expect(brief(levelTimeline(aTimeline({ assessments })))).toEqual([
      '0–10 not_assessed',
      '10–50 assessed 2 (a)',
      '50– expired last 2 (a)',
    ]);
  });

  it('stays assessed while a part has lapsed, and remembers its level', () => {
    const assessments = [
      anAssessment({ id: 'a', level: 1, validUntil: 50 }),
      anAssessment({ id: 'b', level: 4, validUntil: 80, subject: h2 }),
    ];

    expect(brief(levelTimeline(aTimeline({ assessments })))).toEqual([
      '0–10 not_assessed',
      '10–50 assessed 1 (a)',
      '50–80 assessed 4 last 1 (b)',
      '80– expired last 1 (a)',
    ]);
  });

  it('does not count a lapsed assessment that a newer one has superseded', () => {
    const assessments = [
      anAssessment({ id: 'a', level: 1, validUntil: 30 }),
      anAssessment({ id: 'b', level: 4, assessedAt: 40 }),
    ];

    expect(brief(levelTimeline(aTimeline({ assessments }))).at(-1)).toBe('40– assessed 4 (b)');
  });

  it('does not foretell what lapses after now', () => {
    const assessments = [anAssessment({ id: 'a', validUntil: 101 })];

    expect(brief(levelTimeline(aTimeline({ assessments }))).at(-1)).toBe('10– assessed 3 (a)');
    expect(brief(levelTimeline(aTimeline({ assessments, now: 101 }))).at(-1)).toBe(
      '101– expired last 3 (a)',
    );
  });

  it('is not applicable while planned or closed, and keeps the last level', () => {
    const timeline = levelTimeline(
      aTimeline({
        assessments: [
          anAssessment({ id: 'a', level: 2, validUntil: 90 }),
          anAssessment({ id: 'b', level: 3, validUntil: 20, subject: h2 }),
        ],
        lifecycleChanges: [
          { at: 30, lifecycle: 'closed' },
          { at: 0, lifecycle: 'planned' },
          { at: 5, lifecycle: 'suspended' },
        ],
      }),
    );

    expect(brief(timeline)).toEqual([
      '0–5 not_applicable',
      '5–10 not_assessed',
      '10–20 assessed 2 (a)',
      '20–30 assessed 2 last 3 (a)',
      '30– not_applicable last 2',
    ]);
    expect(timeline.map((p) => p.lifecycle)).toEqual([
      'planned',
      'suspended',
      'suspended',
      'suspended',
      'closed',
    ]);
  });

  it('keeps the worse of known and lapsed levels when it closes', () => {
    const assessments = [
      anAssessment({ id: 'a', level: 4 }),
      anAssessment({ id: 'b', level: 1, validUntil: 20, subject: h2 }),
    ];
    const lifecycleChanges = [{ at: 30, lifecycle: 'closed' as const }];

    const periods = levelTimeline(aTimeline({ assessments, lifecycleChanges }));

    expect(brief(periods).at(-1)).toBe('30– not_applicable last 1');
  });

  it.each<[AssessmentState, boolean]>([
    ['draft', false],
    ['submitted', false],
    ['in_force', true],
    ['replaced', true],
    ['returned', true],
    ['system', true],
  ])('an assessment that is %s colours the map: %s', (state, counts) => {
    const assessments = [anAssessment({ id: 'a', state })];

    const periods = levelTimeline(aTimeline({ assessments }));

    expect(periods.at(-1)?.state).toBe(counts ? 'assessed' : 'not_assessed');
  });

  it('never mixes the two bases', () => {
    const assessments = [
      anAssessment({ id: 'a', basis: 'inherent', level: 1 }),
      anAssessment({ id: 'b', basis: 'current', level: 3, subject: h2 }),
    ];

    expect(brief(levelTimeline(aTimeline({ assessments }))).at(-1)).toBe('10– assessed 3 (b)');
  });

  it('gives no level for an assessment that yields none', () => {
    const assessments = [
      anAssessment({ id: 'a', level: 1 }),
      anAssessment({ id: 'b', level: null, assessedAt: 20, validUntil: 30 }),
    ];

    expect(brief(levelTimeline(aTimeline({ assessments })))).toEqual([
      '0–10 not_assessed',
      '10–20 assessed 1 (a)',
      '20– not_assessed',
    ]);
  });

  it('counts an assessment made before the point was registered', () => {
    const assessments = [anAssessment({ id: 'a', assessedAt: -5 })];

    expect(brief(levelTimeline(aTimeline({ assessments })))).toEqual(['0– assessed 3 (a)']);
  });

  it('cites the newest of equally bad assessments', () => {
    const assessments = [
      anAssessment({ id: 'z', level: 2, assessedAt: 10 }),
      anAssessment({ id: 'a', level: 2, assessedAt: 20, subject: h2 }),
    ];

    expect(brief(levelTimeline(aTimeline({ assessments }))).at(-1)).toBe('20– assessed 2 (a)');
  });

  it('takes the later recorded of two assessments for one instant, then the greater id', () => {
    const sameInstant = [
      anAssessment({ id: 'z', level: 1, recordedAt: 11 }),
      anAssessment({ id: 'a', level: 4, recordedAt: 12 }),
    ];
    const sameRecord = [anAssessment({ id: 'b', level: 4 }), anAssessment({ id: 'a', level: 1 })];

    expect(brief(levelTimeline(aTimeline({ assessments: sameInstant }))).at(-1)).toBe(
      '10– assessed 4 (a)',
    );
    expect(brief(levelTimeline(aTimeline({ assessments: sameRecord }))).at(-1)).toBe(
      '10– assessed 4 (b)',
    );
  });
});
