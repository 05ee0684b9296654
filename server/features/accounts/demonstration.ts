import { ConflictError } from '#server/domain/errors.ts';
import type { Sender } from '#server/http/sender.ts';
import { isLoopbackName } from '#server/http/sender.ts';
import type { OnlyDemo } from './only-demo.ts';
import type { Opened } from './open-session.service.ts';
import type { SessionService } from './session.service.ts';

export const demoName = (role: string): string => `demo-${role}`;

export type DemonstrationDeps = {
  /** Whether every enterprise and risk point is of the demonstration, and there are some. */
  readonly onlyDemo: OnlyDemo;
  readonly sessions: Pick<SessionService, 'signInAs'>;
  readonly publicUrl: string;
  readonly isProduction: boolean;
};

export type Demonstration = {
  /** Whether this sender may take demonstration accounts without a password. */
  readonly isOpenTo: (sender: Sender) => Promise<boolean>;
  /** Throws ConflictError where it is not open. */
  readonly signIn: (sender: Sender, role: string) => Promise<Opened>;
};

/** Invented data may be looked at and changed in any role by whoever sits at the machine itself. */
export function createDemonstration(deps: DemonstrationDeps): Demonstration {
  const { sessions, onlyDemo, publicUrl, isProduction } = deps;
  const isHere = !isProduction && isLoopbackName(new URL(publicUrl).hostname);
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
