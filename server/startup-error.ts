/** Something that keeps the server from starting. The message says what happened and what to do, in plain words. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
