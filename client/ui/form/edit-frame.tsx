import { useEffect, useRef } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { closeEdit, leaveEdit } from '#client/state/edit-store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { ConflictChoice } from './conflict-choice.tsx';
import type { Described } from './conflict-choice.tsx';
import { faultsElsewhere } from './faults.ts';
import { FaultTexts } from './fields.tsx';
import type { EditFormState } from './use-edit-form.ts';

type Props<V extends object> = {
  /** What is edited, over the title. */
  readonly kicker: string;
  readonly title: string;
  readonly form: EditFormState<V>;
  /** Every member with its label and its value in words, for a choice between two versions. */
  readonly members: Described<V>;
  readonly children: ReactNode;
};

/** An open form: title, what is kept or in conflict, the fields, what went wrong, save and cancel. */
export function EditFrame<V extends object>(props: Props<V>) {
  const { kicker, title, form, members, children } = props;
  const { t } = useTranslation();
  const element = useRef<HTMLFormElement>(null);
  const { refusals, faults, problem, isSending } = form;
  useEffect(() => {
    if (refusals > 0) focusFirstFault(element.current);
  }, [refusals]);
  const others = faultsElsewhere(faults, Object.keys(form.values));
  const isRefused = Object.keys(faults).length > 0;
  return (
    <form
      ref={element}
      className="form edit-form"
      noValidate
      data-testid="edit-form"
      onSubmit={(event: SubmitEvent) => form.submit(event)}
    >
      <FormTitle kicker={kicker} title={title} />
      {form.isRestored ? (
        <p className="filter-notes">
          <span>{t('edit.draftKept')}</span>
          <button type="button" className="link" onClick={form.clear}>
            {t('edit.startOver')}
          </button>
        </p>
      ) : null}
      <ConflictChoice key={form.draft.version} form={form} members={members} />
      <fieldset className="edit-fields" disabled={isSending}>
        {children}
      </fieldset>
      <div className="edit-foot" aria-live="polite">
        {isRefused ? <p className="fault">{t('edit.notSaved')}</p> : null}
        {others.length === 0 ? null : (
          <p className="fault">
            <FaultTexts texts={others} />
          </p>
        )}
        {problem === null || isRefused ? null : (
          <ProblemNotice error={problem} lead={t('form.failed')} />
        )}
        <FormButtons form={form} />
      </div>
    </form>
  );
}

/** Takes the focus when the form opens, so that it is read out. */
function FormTitle({ kicker, title }: { readonly kicker: string; readonly title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <header className="card-head">
      <p className="card-kicker">{kicker}</p>
      <h1 className="card-title" ref={heading} tabIndex={-1}>
        {title}
      </h1>
    </header>
  );
}

function FormButtons<V extends object>({ form }: { readonly form: EditFormState<V> }) {
  const { t } = useTranslation();
  const { waiting, isSending } = form;
  return (
    <div className="edit-buttons">
      {waiting.length === 0 ? null : (
        <p className="why-hint">{t('edit.conflict.waiting', { count: waiting.length })}</p>
      )}
      <button
        type="button"
        className="button"
        data-testid="edit-cancel"
        onClick={() => leaveEdit(() => backToCard())}
      >
        {t('form.cancel')}
      </button>
      <button
        type="submit"
        className="button button-primary"
        data-testid="edit-save"
        disabled={waiting.length > 0 || isSending}
      >
        {t(isSending ? 'form.saving' : 'edit.save')}
      </button>
    </div>
  );
}

/** Back to the card, whose title takes the focus that the form held; a message may go along. */
export function backToCard(message: string | null = null): void {
  const { drawerStop, toast } = uiStore.get();
  uiStore.set({
    wantsTitleFocus: true,
    // On a phone the form had taken the map away.
    drawerStop: drawerStop === 'full' ? 'half' : drawerStop,
    toast: message === null ? toast : { text: message },
  });
  closeEdit();
}

function focusFirstFault(form: HTMLFormElement | null): void {
  const fields = [...(form?.querySelectorAll<HTMLElement>('[aria-invalid="true"]') ?? [])];
  for (const field of fields) field.closest('details')?.setAttribute('open', '');
  fields[0]?.focus();
  fields[0]?.scrollIntoView({ block: 'center' });
}
