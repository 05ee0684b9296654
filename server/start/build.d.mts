export function hasBuild(root: string): boolean;
export function build(root: string): Promise<void>;
export function buildCommands(root: string, ...more: string[]): string[][];
