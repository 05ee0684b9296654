/** How long it is taken for granted that the register still holds nothing real. */
const BELIEVED_MS = 5_000;

export type OnlyDemo = () => Promise<boolean>;

/** Whether the register holds invented data only; asked again every few seconds. */
export function rememberedOnlyDemo(holdsOnlyDemo: OnlyDemo, clock: () => number): OnlyDemo {
  let known: { readonly at: number; readonly onlyDemo: Promise<boolean> } | null = null;
  return () => {
    const now = clock();
    if (known === null || Math.abs(now - known.at) > BELIEVED_MS) {
      known = { at: now, onlyDemo: holdsOnlyDemo() };
    }
    return known.onlyDemo;
  };
}
