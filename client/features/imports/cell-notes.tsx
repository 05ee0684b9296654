import { useTranslation } from 'react-i18next';
import type { ImportRow } from '#server/features/imports/import-report.contract.ts';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';

type Note = ImportRow['faults'][number];

type Props = {
  readonly faults: readonly Note[];
  readonly warnings: readonly Note[];
  /** The column is named: the note does not stand in its cell. */
  readonly withColumn?: boolean;
};

/** What is wrong and what is expected, in words. */
export function CellNotes({ faults, warnings, withColumn = false }: Props) {
  return (
    <>
      {faults.map((note) => (
        <NoteText key={keyOf(note)} note={note} kind="fault" withColumn={withColumn} />
      ))}
      {warnings.map((note) => (
        <NoteText key={keyOf(note)} note={note} kind="warning" withColumn={withColumn} />
      ))}
    </>
  );
}

const keyOf = ({ column, problem }: Note) => `${column ?? ''} ${problem.zh}`;

type TextProps = {
  readonly note: Note;
  readonly kind: 'fault' | 'warning';
  readonly withColumn: boolean;
};

function NoteText({ note, kind, withColumn }: TextProps) {
  const { t } = useTranslation();
  const lang = useLang();
  return (
    <p className="import-note" data-kind={kind}>
      {withColumn && note.column !== null ? (
        <strong>
          {note.column}
          {note.value === null || note.value === '' ? '' : ` “${note.value}”`}
          {t('app.colon')}
        </strong>
      ) : null}
      {nameIn(note.problem, lang)}
      {note.expected === null ? null : (
        <span className="import-expected">
          {t('imports.rows.expected', { expected: nameIn(note.expected, lang) })}
        </span>
      )}
    </p>
  );
}

type PendingProps = { readonly isSaving: boolean; readonly faults: readonly Note[] };

/** Under a changed cell until it was judged again; what is expected stays in sight while it is typed. */
export function PendingNote({ isSaving, faults }: PendingProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const expected = isSaving ? [] : faults.flatMap((note) => note.expected ?? []);
  return (
    <p className="import-note" data-kind="pending">
      {t(isSaving ? 'imports.rows.checking' : 'imports.rows.unchecked')}
      {expected.map((words) => (
        <span key={words.zh} className="import-expected">
          {t('imports.rows.expected', { expected: nameIn(words, lang) })}
        </span>
      ))}
    </p>
  );
}
