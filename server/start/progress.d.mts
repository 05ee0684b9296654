export type StepName = 'dependencies' | 'build' | 'database' | 'migrations' | 'demonstration data';

export function step<T>(name: StepName, work: () => T | Promise<T>): Promise<T>;
