import { baseLayer } from '#client/features/base/base.layer.ts';
import { enterprisesLayer } from '#client/features/enterprises/enterprises.layer.ts';
import { regionsLayer } from '#client/features/regions/regions.layer.ts';
import { riskPointsLayer } from '#client/features/risk-points/risk-points.layer.ts';
import type { LayerModule } from './layer-module.ts';
import { selectionLayer } from './selection-layer.ts';

/** Every layer of the map, from the ground up inside each slot. */
export const layerModules: readonly LayerModule[] = [
  baseLayer,
  regionsLayer,
  enterprisesLayer,
  riskPointsLayer,
  selectionLayer,
];
