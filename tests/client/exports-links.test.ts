import { exportHref, listsFor } from '#client/api/exports.ts';
import type { ExportScope } from '#client/api/exports.ts';

const scope: ExportScope = {
  region: '220100',
  basis: 'current',
  field: 'hazardous-chemicals',
  level: '1,2',
  dynamic: '1',
  q: '储罐',
};
const queryOf = (href: string) =>
  Object.fromEntries(new URL(href, 'http://localhost').searchParams);

describe('the address of an exported file', () => {
  it('carries the filters of the list', () => {
    const href = exportHref('risk-points', 'xlsx', {
      scope,
      searched: 'risk-points',
      language: 'zh',
    });

    expect(href.startsWith('/api/v1/exports?')).toBe(true);
    expect(queryOf(href)).toEqual({
      list: 'risk-points',
      format: 'xlsx',
      region: '220100',
      basis: 'current',
      field: 'hazardous-chemicals',
      level: '1,2',
      dynamic: '1',
      q: '储罐',
      language: 'zh',
    });
  });

  it('leaves out what the service refuses for the list', () => {
    const choice = { scope: { ...scope, enterprise: 'e1' }, language: 'en' } as const;

    const major = queryOf(exportHref('major-risks', 'csv', { ...choice, searched: 'risk-points' }));
    expect(major).not.toHaveProperty('level');
    expect(major).toMatchObject({ enterprise: 'e1', dynamic: '1' });
    const enterprises = queryOf(
      exportHref('enterprises', 'csv', { ...choice, searched: 'enterprises' }),
    );
    expect(enterprises).not.toHaveProperty('enterprise');
    expect(enterprises).not.toHaveProperty('dynamic');
    expect(enterprises).toMatchObject({ level: '1,2', q: '储罐' });
  });

  it('searches only the list that the words were typed for', () => {
    const choice = { scope, searched: 'enterprises', language: 'zh' } as const;

    expect(queryOf(exportHref('enterprises', 'xlsx', choice))).toMatchObject({ q: '储罐' });
    expect(queryOf(exportHref('control-list', 'xlsx', choice))).not.toHaveProperty('q');
  });

  it('asks for GB 18030 by encoding', () => {
    const choice = { scope, searched: 'risk-points', language: 'zh' } as const;

    expect(queryOf(exportHref('risk-points', 'csv-gb18030', choice))).toMatchObject({
      format: 'csv',
      encoding: 'gb18030',
    });
    expect(queryOf(exportHref('risk-points', 'csv', choice))).not.toHaveProperty('encoding');
  });

  it('offers GeoJSON for lists with places only', () => {
    expect(listsFor('geojson')).toEqual(['risk-points', 'enterprises']);
    expect(listsFor('csv')).toHaveLength(6);
  });
});
