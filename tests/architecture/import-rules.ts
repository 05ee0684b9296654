/**
 * Which file may import what. A path is relative to the project's root; a package is its bare
 * name (`node:` included). All rows that match a file hold for it.
 */
type ImportRule = {
  readonly files: RegExp;
  /** Paths inside the project; `{feature}` stands for the file's own feature folder. */
  readonly mayImport: readonly string[];
  /** Packages by name; `*` = any. */
  readonly packages: readonly string[];
  /** Packages of which only types may be imported. */
  readonly typesOf?: readonly string[];
  /** Paths that stay forbidden although a wider entry allows them. */
  readonly never?: RegExp;
};

const CONTRACTS = ['server/contract/', 'server/features/**.contract.ts'];

/** Small modules of the server's root that know nothing but packages and the configuration. */
const LEAVES = ['server/log.ts', 'server/startup-error.ts', 'server/project-root.ts'];

const IMPORT_RULES: readonly ImportRule[] = [
  { files: /^server\/domain\//, mayImport: ['server/domain/'], packages: [] },
  {
    files: /^server\/contract\/|\.contract\.ts$/,
    mayImport: [...CONTRACTS, 'server/domain/'],
    packages: ['zod'],
  },
  {
    files: /\.(?:store|sql)\.ts$/,
    mayImport: ['server/domain/', 'server/db/', '{feature}'],
    packages: ['knex', 'knex-postgis'],
    never: /\.contract\.ts$/,
  },
  {
    files: /\.service\.ts$/,
    mayImport: ['server/domain/', 'server/db/', '{feature}'],
    packages: [],
    typesOf: ['knex'],
    never: /\.(?:contract|routes)\.ts$/,
  },
  {
    files: /\.routes\.ts$/,
    mayImport: ['server/domain/', 'server/contract/', 'server/http/', '{feature}'],
    packages: ['express'],
    typesOf: ['zod'],
  },
  {
    files: /^server\/features\/(?!.*\.contract\.ts$)/,
    mayImport: [
      'server/domain/',
      'server/contract/',
      'server/http/',
      'server/db/',
      'server/files/',
      '{feature}',
      ...LEAVES,
    ],
    packages: ['*'],
  },
  {
    files: /^server\/http\//,
    mayImport: [
      'server/http/',
      'server/contract/',
      'server/domain/errors.ts',
      'server/domain/bilingual.ts',
      'server/domain/policy/',
      ...LEAVES,
    ],
    packages: ['*'],
  },
  {
    files: /^server\/db\//,
    mayImport: ['server/db/', 'server/domain/', 'server/config.ts', 'migrations/', ...LEAVES],
    packages: ['knex', 'knex-postgis', 'pg', '@electric-sql/*', 'node:*', 'uuid', 'pino'],
  },
  { files: /^server\//, mayImport: ['server/', 'migrations/'], packages: ['*'] },
  {
    files: /^migrations\//,
    mayImport: ['migrations/', 'server/domain/'],
    packages: ['knex', 'node:*'],
  },
  {
    files: /^client\/features\//,
    mayImport: [
      '{feature}',
      ...['map', 'api', 'state', 'ui', 'i18n'].map((folder) => `client/${folder}/`),
      ...CONTRACTS,
      'server/domain/',
    ],
    packages: ['*'],
  },
  { files: /^client\//, mayImport: ['client/', ...CONTRACTS, 'server/domain/'], packages: ['*'] },
];

type Import = { readonly target: string; readonly isType: boolean };

/** `import 'x'`, `import … from 'x'`, `export … from 'x'` at a line's start; `import('x')` anywhere. */
const IMPORT_STATEMENT =
  /^(?:import\s+|(?:import|export)\s+(?<type>type\s+)?[\w\s{},*$]+?\s+from\s+)['"](?<plain>[^'"]+)['"]|\bimport\(\s*['"](?<late>[^'"]+)['"]/gm;

/** What a file imports: project paths and packages, in the order they appear. */
export function importsOf(file: string, source: string): readonly Import[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(IMPORT_STATEMENT)].map(({ groups }) => ({
    target: resolveFrom(file, groups?.['plain'] ?? groups?.['late'] ?? ''),
    isType: groups?.['type'] !== undefined,
  }));
}

/** The imports of a file that its rules forbid. */
export function forbiddenImports(file: string, source: string): readonly string[] {
  const rules = IMPORT_RULES.filter((rule) => rule.files.test(file));
  return importsOf(file, source)
    .filter((found) => !rules.every((rule) => allows(rule, file, found)))
    .map(({ target }) => target);
}

function allows(rule: ImportRule, file: string, { target, isType }: Import): boolean {
  if (rule.never?.test(target)) return false;
  const isLocal = /^(?:server|client|migrations|tests|data)\//.test(target);
  if (isLocal) return rule.mayImport.some((entry) => matchesPath(entry, file, target));
  const packages = isType ? [...rule.packages, ...(rule.typesOf ?? [])] : rule.packages;
  return packages.some((entry) => matchesPackage(entry, target));
}

function matchesPath(entry: string, file: string, target: string): boolean {
  const [head = '', tail] = entry.replace('{feature}', featureOf(file)).split('**');
  return target.startsWith(head) && (tail === undefined || target.endsWith(tail));
}

function featureOf(file: string): string {
  return /^(?:server|client)\/features\/[^/]+\//.exec(file)?.[0] ?? file;
}

function matchesPackage(entry: string, target: string): boolean {
  if (entry.endsWith('*')) return target.startsWith(entry.slice(0, -1));
  return target === entry || target.startsWith(`${entry}/`);
}

function resolveFrom(file: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (!specifier.startsWith('.')) return specifier;
  return new URL(specifier, `file:///${file}`).pathname.slice(1);
}
