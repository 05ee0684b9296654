import type { ApiProblem } from '#client/api/problem.ts';
import { faultsElsewhere } from '#client/ui/form/faults.ts';
import type { Faults } from '#client/ui/form/faults.ts';
import { FaultTexts } from '#client/ui/form/fields.tsx';
import { WarnIcon } from '#client/ui/icons.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';

type Props = {
  readonly problem: ApiProblem | null;
  readonly faults: Faults;
  /** Members whose faults stand beside their fields. */
  readonly fields: readonly string[];
};

/** Refusals that say themselves what is wrong and what to do. */
const PLAIN: readonly number[] = [401, 403, 409, 410, 429];

/** Why an account form was refused. */
export function Refusal({ problem, faults, fields }: Props) {
  if (problem === null) return null;
  const others = faultsElsewhere(faults, fields);
  if (Object.keys(faults).length > 0) {
    return others.length === 0 ? null : (
      <p className="fault" role="alert">
        <FaultTexts texts={others} />
      </p>
    );
  }
  if (problem.detail === null || !PLAIN.includes(problem.status)) {
    return <ProblemNotice error={problem} />;
  }
  return (
    <div className="notice notice-error" role="alert" data-testid="refusal">
      <WarnIcon />
      <p className="notice-body">{problem.detail}</p>
    </div>
  );
}
