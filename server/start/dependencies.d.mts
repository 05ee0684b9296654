type Scope = { readonly dev: boolean };

export function hasDependencies(root: string, scope: Scope): boolean;
export function installDependencies(root: string, scope: Scope): Promise<void>;
