import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { WarnIcon } from '#client/ui/icons.tsx';
import type { KeyOf } from './record-values.ts';
import type { EditFormState } from './use-edit-form.ts';

/** Label and value in words of every member of a form. */
export type Described<V extends object> = {
  readonly [K in KeyOf<V>]: {
    readonly label: string;
    readonly show: (value: V[K]) => string;
  };
};

type Props<V extends object> = {
  readonly form: EditFormState<V>;
  readonly members: Described<V>;
};

/** Two people edited one record: for each member that both changed, mine or theirs. */
export function ConflictChoice<V extends object>({ form, members }: Props<V>) {
  const { t } = useTranslation();
  const section = useRef<HTMLElement>(null);
  const { conflict } = form.draft;
  const isOpen = conflict !== null;
  // The form may be scrolled to its end, where the save was asked for.
  useEffect(() => {
    if (isOpen) section.current?.focus();
  }, [isOpen]);
  if (conflict === null) return null;
  const keys = Object.keys(conflict.choices) as KeyOf<V>[];
  const taken = conflict.taken.map((key) => members[key as KeyOf<V>].label);
  return (
    <section
      ref={section}
      tabIndex={-1}
      className="conflict"
      data-testid="edit-conflict"
      aria-label={t('edit.conflict.title')}
    >
      <h2 className="conflict-title">
        <WarnIcon size={16} /> {t('edit.conflict.title')}
      </h2>
      {keys.length === 0 ? <p>{t('edit.conflict.none')}</p> : <p>{t('edit.conflict.choose')}</p>}
      {keys.map((key) => (
        <Choice key={key} name={key} form={form} members={members} />
      ))}
      {taken.length === 0 ? null : (
        <p className="why-hint">
          {t('edit.conflict.taken', { list: taken.join(t('app.listSeparator')) })}
        </p>
      )}
    </section>
  );
}

type ChoiceProps<V extends object> = Props<V> & { readonly name: KeyOf<V> };

function Choice<V extends object>({ name, form, members }: ChoiceProps<V>) {
  const { t } = useTranslation();
  const group = useId();
  const { conflict } = form.draft;
  if (conflict === null) return null;
  const { label, show } = members[name];
  return (
    <fieldset className="conflict-member" data-testid={`conflict-${name}`}>
      <legend>{label}</legend>
      {(['mine', 'theirs'] as const).map((side) => {
        const text = show(conflict[side][name]);
        return (
          <label
            key={side}
            className={`conflict-side${conflict.choices[name] === side ? ' is-chosen' : ''}`}
            data-testid={`conflict-${name}-${side}`}
          >
            <input
              type="radio"
              name={group}
              checked={conflict.choices[name] === side}
              onChange={() => form.choose(name, side)}
            />
            <span className="conflict-who">{t(`edit.conflict.${side}`)}</span>
            <span className="conflict-value">{text === '' ? t('edit.empty') : text}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
