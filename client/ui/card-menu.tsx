import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { openEdit } from '#client/state/edit-store.ts';
import type { EditTarget } from '#client/state/edit-store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { DotsIcon } from './icons.tsx';

export type MenuEntry = {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly run: () => void;
};

type Props = {
  readonly entries: readonly MenuEntry[];
  /** What the button says; three dots without one. */
  readonly label?: string;
  readonly icon?: ReactNode;
};

/** A button that opens a short list of actions. */
export function CardMenu({ entries, label, icon }: Props) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-start" shadow="md" radius="md" withinPortal returnFocus>
      <Menu.Target>
        {label === undefined ? (
          <button
            type="button"
            className="button button-icon"
            data-testid="card-menu"
            aria-label={t('edit.actions')}
            title={t('edit.actions')}
          >
            <DotsIcon size={18} />
          </button>
        ) : (
          <button type="button" className="button" data-testid="add-menu">
            {icon} {label}
          </button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {entries.map(({ id, label: text, icon: mark, run }) => (
          <Menu.Item
            key={id}
            leftSection={mark}
            className={id === 'delete' ? 'is-danger' : undefined}
            data-testid={`menu-${id}`}
            onClick={run}
          >
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Opens a form in place of the card; on a phone the drawer gives it room. */
export function startEdit(target: EditTarget): void {
  uiStore.set({ drawerStop: 'full', sheet: 'node', isFormOpen: false, isPanelCollapsed: false });
  openEdit(target, viewStore.get().node);
}
