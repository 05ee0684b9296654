import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';

/** The keys that work everywhere, in the list, in the legend and on the map. */
export function HelpDialog() {
  const { t } = useTranslation();
  const { dialog } = useStore(uiStore);
  const space = t('help.keySpace');
  const keys = [
    [['Esc'], t('help.up')],
    [['/'], t('search.label')],
    [['?'], t('help.help')],
    [['↑', '↓'], t('help.rows')],
    [['Enter'], t('help.open')],
    [[space], t('help.legendToggle')],
    [['Shift', space], t('help.legendOnly')],
    [[t('help.keyArrows')], t('help.pan')],
    [['+', '−'], t('help.zoom')],
  ] as const;
  return (
    <Modal
      opened={dialog === 'help'}
      onClose={() => uiStore.set({ dialog: null })}
      title={t('help.title')}
      lockScroll={false}
      closeOnEscape={false}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <dl className="help-keys">
        {keys.map(([names, text]) => (
          <div key={text}>
            <dt>
              {names.map((name) => (
                <Kbd key={name}>{name}</Kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
