import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCrumbs } from '#client/api/crumbs.ts';
import { leaveEdit } from '#client/state/edit-store.ts';
import { viewHeader } from '#client/state/seen-as.ts';
import type { SeenAs } from '#client/state/seen-as.ts';
import { seeAs, useMay, useSeenAs } from '#client/state/session-store.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { Name } from '#client/ui/name.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';

/** Ways to look at the map through other eyes, of what is open right now. */
export function SeenAsItems() {
  const { t } = useTranslation();
  const lang = useLang();
  const mayRead = useMay('register.read');
  const node = useViewPart((view) => view.node);
  const here = useCrumbs(node);
  const seenAs = useSeenAs();
  if (!mayRead && seenAs === null) return null;
  const look = (as: SeenAs | null) => () => leaveEdit(() => seeAs(as));
  const named = here.flatMap(({ node: step, names }): SeenAs[] => {
    if (step.kind === 'region') return [{ kind: 'region', code: step.code, names }];
    return step.kind === 'enterprise' ? [{ kind: 'enterprise', id: step.id, names }] : [];
  });
  // The root would be everything again.
  const ways = named.slice(1).slice(-2);
  return (
    <>
      <Menu.Label>{t('seenAs.title')}</Menu.Label>
      {seenAs === null ? null : (
        <Menu.Item data-testid="see-as-own" onClick={look(null)}>
          {t('seenAs.own')}
        </Menu.Item>
      )}
      <Menu.Item data-testid="see-as-public" onClick={look({ kind: 'public' })}>
        {t('account.public')}
      </Menu.Item>
      {ways.map((as) => (
        <Menu.Item key={viewHeader(as)} onClick={look(as)}>
          {t(as.kind === 'enterprise' ? 'seenAs.enterprise' : 'seenAs.region', {
            name: nameIn(nameOf(as), lang),
          })}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}

const PUBLIC = { zh: '公众', en: 'the public' };

function nameOf(as: SeenAs) {
  return as.kind === 'public' ? PUBLIC : as.names;
}

/** As long as somebody looks through other eyes, that is said over the map, with the way back. */
export function SeenAsBar() {
  const { t } = useTranslation();
  const seenAs = useSeenAs();
  if (seenAs === null) return null;
  return (
    <output className="seen-as-bar" data-testid="seen-as-bar">
      <span>
        {t('seenAs.bar')} <Name of={nameOf(seenAs)} />
      </span>
      <button type="button" className="link" onClick={() => seeAs(null)}>
        {t('seenAs.back')}
      </button>
    </output>
  );
}
