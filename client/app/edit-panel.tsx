import { EnterpriseForm } from '#client/features/enterprises/enterprise.form.tsx';
import { HazardSourceForm } from '#client/features/hazard-sources/hazard-source.form.tsx';
import { MeasureForm } from '#client/features/measures/measure.form.tsx';
import { RiskPointForm } from '#client/features/risk-points/risk-point.form.tsx';
import type { EditTarget } from '#client/state/edit-store.ts';

/** The form of the record that is being edited, in place of the card. */
export function EditPanel({ target }: { readonly target: EditTarget }) {
  if (target.kind === 'enterprise') return <EnterpriseForm target={target} />;
  if (target.kind === 'risk-point') return <RiskPointForm target={target} />;
  if (target.kind === 'hazard-source') return <HazardSourceForm target={target} />;
  return <MeasureForm target={target} />;
}
