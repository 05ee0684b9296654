import { ConflictError } from '#server/domain/errors.ts';
import type { Sender } from '#server/http/sender.ts';
import { isLoopbackName } from '#server/http/sender.ts';
import type { Opened, SessionService } from './session.service.ts';

/** How long it is taken for granted that the register still holds nothing real. */
const BELIEVED_MS = 5_000;

export const demoName = (role: string): string => `demo-${role}`;

export type DemonstrationDeps = {
  /** Whether every enterprise and risk point is of the demonstration, and there are some. */
  readonly holdsOnlyDemo: () => Promise<boolean>;
  readonly sessions: Pick<SessionService, 'signInAs'>;
  readonly publicUrl: string;
  readonly isProduction: boolean;
  readonly clock: () => number;
};

export type Demonstration = {
  /** Whether this sender may take demonstration accounts without a password. */
  readonly isOpenTo: (sender: Sender) => Promise<boolean>;
  /** Throws ConflictError where it is not open. */
  readonly signIn: (sender: Sender, role: string) => Promise<Opened>;
};

/** Invented data may be looked at and changed in any role by whoever sits at the machine itself. */
export function createDemonstration(deps: DemonstrationDeps): Demonstration {
  const { sessions, holdsOnlyDemo, publicUrl, isProduction, clock } = deps;
  const isHere = !isProduction && isLoopbackName(new URL(publicUrl).hostname);
  let known: { readonly at: number; readonly onlyDemo: Promise<boolean> } | null = null;
  const onlyDemo = (): Promise<boolean> => {
    const now = clock();
    if (known === null || Math.abs(now - known.at) > BELIEVED_MS) {
      known = { at: now, onlyDemo: holdsOnlyDemo() };
    }
    return known.onlyDemo;
  };
  const isOpenTo = async ({ isLocal }: Sender): Promise<boolean> =>
    isHere && isLocal && (await onlyDemo());
  return {
    isOpenTo,
    signIn: async (sender, role) => {
      if (!(await isOpenTo(sender))) throw new ConflictError(CLOSED);
      return sessions.signInAs(demoName(role));
    },
  };
}

const CLOSED = {
  zh: '演示账号只能在本机、且系统中只有演示数据时使用。',
  en: 'Demonstration accounts are for the machine itself, while it holds demonstration data only.',
};
