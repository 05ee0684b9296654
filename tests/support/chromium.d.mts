/** The system's Chromium (or CHROMIUM_PATH); null when there is none. */
export function findChromium(): string | null;
