import { useId } from 'react';
import type { MethodVersion } from '#server/features/methods/methods.contract.ts';
import { Name } from '#client/ui/name.tsx';
import { Unverified } from '#client/ui/unverified.tsx';

type Props = {
  readonly factor: MethodVersion['factors'][number];
  readonly value: number | undefined;
  readonly fault: string | undefined;
  readonly onChange: (value: number) => void;
};

/** The scale of one factor as a list to choose from, worst first, each value with its words. */
export function FactorField({ factor, value, fault, onChange }: Props) {
  const name = useId();
  const faultId = `${name}-fault`;
  return (
    <fieldset
      className={`factor${fault === undefined ? '' : ' has-fault'}`}
      aria-describedby={fault === undefined ? undefined : faultId}
    >
      <legend className="factor-name">
        <span className="mono">{factor.id}</span> <Name of={factor.name} />
      </legend>
      {fault === undefined ? null : (
        <p className="fault" id={faultId} role="alert">
          {fault}
        </p>
      )}
      {factor.scale.map((step) => (
        <label
          key={step.value}
          className={`factor-step${value === step.value ? ' is-chosen' : ''}`}
          data-testid={`factor-${factor.id}-${step.value}`}
        >
          <input
            type="radio"
            name={name}
            checked={value === step.value}
            onChange={() => onChange(step.value)}
          />
          <span className="factor-value mono">{step.value}</span>
          <span>
            <Name of={step.text} /> {step.verified ? null : <Unverified />}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
