/** What the address bar says about the view: pure functions, so that each key can be tested. */

import { parseAuditFilter, writeAuditFilter } from './audit-filter.ts';
import type { AuditFilter } from './audit-filter.ts';

export const LEGEND_KEYS = [
  '1',
  '2',
  '3',
  '4',
  'not_assessed',
  'expired',
  'not_applicable',
] as const;
export type LegendKey = (typeof LEGEND_KEYS)[number];

export type ViewNode =
  | { readonly kind: 'region'; readonly code: string }
  | { readonly kind: 'enterprise'; readonly id: string }
  | { readonly kind: 'risk-point'; readonly id: string };

/** Zoom level, longitude and latitude in degrees (WGS 84). */
export type Camera = { readonly zoom: number; readonly lng: number; readonly lat: number };

/** Tabs of the rows of an import: what writing a row would do, rows with a warning, records left out. */
export const ROW_TABS = ['new', 'changed', 'unchanged', 'faulty', 'warned', 'missing'] as const;
export type RowTab = (typeof ROW_TABS)[number];

/** A screen over the map. */
export type ViewPage =
  | {
      /** The imports as a list (no id), or one of them. */
      readonly kind: 'imports';
      readonly id: string | null;
      /** Null: the tab that needs a look first. */
      readonly rows: RowTab | null;
    }
  | {
      /** Who did what. */
      readonly kind: 'audit';
      readonly filter: AuditFilter;
    }
  | { readonly kind: PlainPage };

/** Pages of which there is only one, whatever the map is about. */
const PLAIN_PAGES = [
  /** What is wrong or missing in the register of the region. */
  'faults',
  /** What was deleted in the region and can be brought back. */
  'deleted',
  'sign-in',
  /** Another password. */
  'password',
  /** The first administrator. */
  'set-up',
  /** A new password by a one-time address. */
  'recover',
  'accounts',
  'keys',
] as const;
export type PlainPage = (typeof PLAIN_PAGES)[number];

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language that a text names exactly; null: none. */
export function languageOf(text: string | null): Language | null {
  return LANGUAGES.find((language) => language === text) ?? null;
}

export type ViewState = {
  readonly node: ViewNode;
  /** Null: nothing but the map and the card of the node. */
  readonly page: ViewPage | null;
  readonly rule: 'weighted' | 'highest';
  readonly basis: 'current' | 'inherent';
  /** Which level paints and is counted. */
  readonly colour: 'assessed' | 'dynamic';
  /** Classes switched off in the legend, in the order of LEGEND_KEYS. */
  readonly hide: readonly LegendKey[];
  /** Code of one supervised field, or null for all. */
  readonly field: string | null;
  readonly lang: Language;
  /** Null: the map frames the node. */
  readonly camera: Camera | null;
};

/** Region shown at `/` until the service has named its roots. */
export const FALLBACK_ROOT = '220000';

const ROOT_NODE: ViewNode = { kind: 'region', code: FALLBACK_ROOT };

const REGION_CODE = /^\d{6}(?:\d{3}(?:\d{3})?)?$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const FIELD_CODE = /^[a-z0-9-]{1,40}$/;
const CAMERA = /^#(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/;

/** Reads an address; unknown keys are ignored and a bad value falls back to its default (`lang`: of the language). */
export function parseUrl(
  url: string | URL,
  root: string = FALLBACK_ROOT,
  lang: Language = LANGUAGES[0],
): ViewState {
  const { pathname, searchParams, hash } = new URL(url, 'http://localhost');
  const field = searchParams.get('field');
  return {
    node: parseNode(placeOf(pathname, searchParams)) ?? { kind: 'region', code: root },
    page: parsePage(pathname, searchParams),
    rule: oneOf(searchParams.get('rule'), ['weighted', 'highest']),
    basis: oneOf(searchParams.get('basis'), ['current', 'inherent']),
    colour: oneOf(searchParams.get('colour'), ['assessed', 'dynamic']),
    hide: parseHide(searchParams.get('hide')),
    field: field !== null && FIELD_CODE.test(field) ? field : null,
    lang: languageOf(searchParams.get('lang')) ?? lang,
    camera: parseCamera(hash),
  };
}

/** Path, query and hash for a view; only what differs from the defaults is written. */
export function toUrl(view: ViewState): string {
  const { node, page } = view;
  const query = new URLSearchParams();
  // The path is taken by the page: the node under it goes into the query, as `r.220200`.
  if (page !== null && nodePath(node) !== nodePath(ROOT_NODE)) {
    query.set('at', nodePath(node).slice(1).replace('/', '.'));
  }
  if (page?.kind === 'imports' && page.rows !== null) query.set('rows', page.rows);
  if (page?.kind === 'audit') writeAuditFilter(query, page.filter);
  if (view.rule !== 'weighted') query.set('rule', view.rule);
  if (view.basis !== 'current') query.set('basis', view.basis);
  if (view.colour !== 'assessed') query.set('colour', view.colour);
  if (view.hide.length > 0) query.set('hide', sortLegend(view.hide).join('.'));
  if (view.field !== null) query.set('field', view.field);
  if (view.lang !== 'zh-CN') query.set('lang', view.lang);
  const text = query.toString();
  const path = page === null ? nodePath(node) : pagePath(page);
  return `${path}${text === '' ? '' : `?${text}`}${cameraHash(view.camera)}`;
}

/** Short stable path of a node. */
export function nodePath(node: ViewNode): string {
  if (node.kind === 'region') return `/r/${node.code}`;
  return node.kind === 'enterprise' ? `/e/${node.id}` : `/p/${node.id}`;
}

/** Path of a page over the map. */
export function pagePath(page: ViewPage): string {
  if (page.kind !== 'imports') return `/${page.kind}`;
  return page.id === null ? '/imports' : `/imports/${page.id}`;
}

/** True when both views stand on the same region, enterprise or risk point. */
export function isSameNode(a: ViewNode, b: ViewNode): boolean {
  return nodePath(a) === nodePath(b);
}

/** Whether the path names a node; `/` does not. */
export function namesNode(pathname: string): boolean {
  return parseNode(pathname) !== null;
}

/** Whether the address leaves it to the service which region to start with. */
export function namesNoPlace(url: string | URL): boolean {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const place = placeOf(pathname, searchParams);
  return place === '/' || (place === '' && parsePage(pathname, searchParams) !== null);
}

/** Legend keys without repeats, worst level first. */
export function sortLegend(keys: readonly LegendKey[]): readonly LegendKey[] {
  return LEGEND_KEYS.filter((key) => keys.includes(key));
}

function parseNode(pathname: string): ViewNode | null {
  const [, kind, id = '', rest] = pathname.split('/');
  if (rest !== undefined && rest !== '') return null;
  if (kind === 'r' && REGION_CODE.test(id)) return { kind: 'region', code: id };
  if (kind === 'e' && UUID.test(id)) return { kind: 'enterprise', id: id.toLowerCase() };
  if (kind === 'p' && UUID.test(id)) return { kind: 'risk-point', id: id.toLowerCase() };
  return null;
}

/** Path of the node: on a page it stands in the query; empty where that names none. */
function placeOf(pathname: string, query: URLSearchParams): string {
  if (parsePage(pathname, query) === null) return pathname;
  const at = `/${(query.get('at') ?? '').replace('.', '/')}`;
  return parseNode(at) === null ? '' : at;
}

function parsePage(pathname: string, query: URLSearchParams): ViewPage | null {
  const [, kind, id = '', rest = ''] = pathname.split('/');
  const plain = PLAIN_PAGES.find((each) => each === kind);
  if (plain !== undefined && id === '' && rest === '') return { kind: plain };
  if (kind === 'audit' && id === '' && rest === '')
    return { kind, filter: parseAuditFilter(query) };
  if (kind !== 'imports' || rest !== '' || (id !== '' && !UUID.test(id))) return null;
  const rows = ROW_TABS.find((tab) => tab === query.get('rows')) ?? null;
  return { kind, id: id === '' ? null : id.toLowerCase(), rows };
}

function parseHide(raw: string | null): readonly LegendKey[] {
  const parts = (raw ?? '').split('.');
  return LEGEND_KEYS.filter((key) => parts.includes(key));
}

function parseCamera(hash: string): Camera | null {
  const match = CAMERA.exec(hash);
  if (match === null) return null;
  const [zoom, lat, lng] = match.slice(1).map(Number);
  if (zoom === undefined || lat === undefined || lng === undefined) return null;
  if (zoom > 24 || Math.abs(lat) > 90 || Math.abs(lng) > 180) return null;
  return { zoom, lng, lat };
}

/** 1e-5 degrees is about a metre: finer digits would only make the address longer. */
function cameraHash(camera: Camera | null): string {
  if (camera === null) return '';
  return `#${round(camera.zoom, 2)}/${round(camera.lat, 5)}/${round(camera.lng, 5)}`;
}

/** Number text without an exponent, a trailing zero or a negative zero. */
function round(value: number, digits: number): string {
  const text = value.toFixed(digits).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}

function oneOf<T extends string>(raw: string | null, allowed: readonly [T, ...T[]]): T {
  return allowed.find((value) => value === raw) ?? allowed[0];
}
