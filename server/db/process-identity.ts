import { readFileSync } from 'node:fs';
import os from 'node:os';

/** Who holds a lock: a pid alone is given again to another process later, and means nothing on another machine. */
export type ProcessIdentity = {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the kernel's own count; null where the system does not tell. */
  readonly startedAt: string | null;
};

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, host: os.hostname(), startedAt: startOf(process.pid) };
}

/** False only when it is certain that the process has ended: on another machine nothing is certain. */
export function mayBeRunning(identity: ProcessIdentity): boolean {
  if (identity.host !== os.hostname()) return true;
  if (!exists(identity.pid)) return false;
  const startedAt = startOf(identity.pid);
  return startedAt === null || identity.startedAt === null || startedAt === identity.startedAt;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Boot id and start tick from /proc (Linux); the command's name may hold spaces, so fields count from its last bracket. */
function startOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\)\s/s, '')
      .split(' ');
    // Fields after the bracket begin with the third one (state); a zombie has ended. The start is the twenty-second.
    if (fields[0] === 'Z') return 'ended';
    return `${boot}/${fields[19]}`;
  } catch {
    return null;
  }
}
