type Lockfile = {
  readonly packages: Readonly<
    Record<
      string,
      { readonly optionalDependencies?: Readonly<Record<string, string>>; readonly dev?: boolean }
    >
  >;
};

/** Names and versions of optional packages that some package asks for and the file does not hold. */
export function missingBuilds(lock: Lockfile): Map<string, { version: string; dev: boolean }>;
