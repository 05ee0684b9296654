import { useMemo } from 'react';
import { useAbout } from '#client/api/queries.ts';
import { useViewPart } from '#client/state/view-store.ts';
import type { Language } from '#client/state/url-state.ts';
import { createFormats } from './format.ts';
import type { Formats } from './format.ts';

export function useLang(): Language {
  return useViewPart((view) => view.lang);
}

/** Formatters in the language of the screen and the time zone of the service. */
export function useFormats(): Formats {
  const lang = useLang();
  const timeZone = useAbout().data?.timeZone ?? 'Asia/Shanghai';
  return useMemo(() => createFormats(lang, timeZone), [lang, timeZone]);
}
