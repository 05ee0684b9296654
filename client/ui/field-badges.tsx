import { useAbout } from '#client/api/queries.ts';
import { Name } from './name.tsx';

/** Supervised fields by name; the code itself where the list does not know it. */
export function FieldBadges({ codes }: { readonly codes: readonly string[] }) {
  const fields = useAbout().data?.fields ?? [];
  return (
    <span className="badges">
      {codes.map((code) => {
        const names = fields.find((field) => field.code === code)?.names;
        return (
          <span key={code} className="badge">
            {names === undefined ? code : <Name of={names} />}
          </span>
        );
      })}
    </span>
  );
}
