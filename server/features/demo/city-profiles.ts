import * as making from './catalogue/industries-making.ts';
import * as mining from './catalogue/industries-mining.ts';
import * as process from './catalogue/industries-process.ts';
import * as service from './catalogue/industries-service.ts';
import type { Industry } from './catalogue/template.ts';

/** Shares of intended severities, worst first; they add up to 1. */
export type SeverityShares = readonly [
  major: number,
  serious: number,
  moderate: number,
  low: number,
];

/** What an invented city is like. Nothing here is a statement about the real one. */
export type CityProfile = {
  readonly enterprises: number;
  readonly publicPlaces: number;
  readonly severities: SeverityShares;
  readonly publicSeverities: SeverityShares;
  /** Shares of live subjects that were never assessed, and whose assessments have all lapsed. */
  readonly neverShare: number;
  readonly lapsedShare: number;
  readonly industries: readonly (readonly [Industry, weight: number])[];
};

const everywhere: readonly (readonly [Industry, number])[] = [
  [service.fillingStation, 4],
  [service.gasDepot, 1],
  [service.mall, 2],
  [service.buildingSite, 2],
  [service.haulier, 2],
  [making.grainDepot, 1],
];

/**
 * Meant to become: 220200 red; 220100, 220600, 220700 orange; 220400, 220500 yellow; 220800, 222400
 * blue; 220300 blue by its mean, but held at yellow by its one major risk.
 */
export const cityProfiles: Readonly<Record<string, CityProfile>> = {
  '220100': {
    enterprises: 80,
    publicPlaces: 26,
    severities: [0.1, 0.42, 0.34, 0.14],
    publicSeverities: [0.05, 0.32, 0.43, 0.2],
    neverShare: 0.08,
    lapsedShare: 0.05,
    industries: [
      [making.carParts, 14],
      [making.railVehicles, 6],
      [process.pharmaceuticals, 4],
      [making.meatPlant, 3],
      ...everywhere,
    ],
  },
  '220200': {
    enterprises: 62,
    publicPlaces: 18,
    severities: [0.3, 0.45, 0.2, 0.05],
    publicSeverities: [0.15, 0.5, 0.3, 0.05],
    neverShare: 0.06,
    lapsedShare: 0.05,
    industries: [
      [process.fineChemicals, 20],
      [process.smelter, 3],
      [mining.ironMine, 2],
      [service.skiResort, 2],
      ...everywhere,
    ],
  },
  '220300': {
    enterprises: 32,
    publicPlaces: 12,
    severities: [0.04, 0, 0.12, 0.84],
    publicSeverities: [0, 0, 0.15, 0.85],
    neverShare: 0.1,
    lapsedShare: 0.08,
    industries: [
      [making.meatPlant, 8],
      [making.coldStore, 5],
      [making.grainDepot, 4],
      [making.carParts, 2],
      ...everywhere,
    ],
  },
  '220400': {
    enterprises: 22,
    publicPlaces: 8,
    severities: [0.06, 0.16, 0.4, 0.38],
    publicSeverities: [0, 0.15, 0.45, 0.4],
    neverShare: 0.1,
    lapsedShare: 0.06,
    industries: [
      [mining.coalMine, 6],
      [making.meatPlant, 2],
      [process.pharmaceuticals, 2],
      ...everywhere,
    ],
  },
  '220500': {
    enterprises: 34,
    publicPlaces: 12,
    severities: [0.06, 0.2, 0.44, 0.3],
    publicSeverities: [0, 0.15, 0.45, 0.4],
    neverShare: 0.12,
    lapsedShare: 0.08,
    industries: [
      [process.smelter, 6],
      [mining.ironMine, 4],
      [process.pharmaceuticals, 5],
      [mining.quarry, 2],
      ...everywhere,
    ],
  },
  '220600': {
    enterprises: 28,
    publicPlaces: 10,
    severities: [0.14, 0.4, 0.32, 0.14],
    publicSeverities: [0.1, 0.3, 0.4, 0.2],
    neverShare: 0.17,
    lapsedShare: 0.1,
    industries: [
      [mining.coalMine, 12],
      [mining.quarry, 3],
      [making.woodPlant, 2],
      [service.hotel, 2],
      ...everywhere,
    ],
  },
  '220700': {
    enterprises: 30,
    publicPlaces: 10,
    severities: [0.1, 0.36, 0.36, 0.18],
    publicSeverities: [0.1, 0.3, 0.4, 0.2],
    neverShare: 0.08,
    lapsedShare: 0.06,
    industries: [
      [process.oilField, 10],
      [making.meatPlant, 5],
      [making.grainDepot, 4],
      ...everywhere,
    ],
  },
  '220800': {
    enterprises: 26,
    publicPlaces: 10,
    severities: [0, 0.03, 0.19, 0.78],
    publicSeverities: [0, 0, 0.2, 0.8],
    neverShare: 0.06,
    lapsedShare: 0.05,
    industries: [
      [making.windFarm, 8],
      [making.grainDepot, 7],
      [making.coldStore, 2],
      ...everywhere,
    ],
  },
  '222400': {
    enterprises: 36,
    publicPlaces: 14,
    severities: [0, 0.03, 0.16, 0.81],
    publicSeverities: [0, 0, 0.2, 0.8],
    neverShare: 0.1,
    lapsedShare: 0.06,
    industries: [
      [making.woodPlant, 8],
      [service.hotel, 6],
      [service.skiResort, 4],
      [mining.quarry, 1],
      ...everywhere,
    ],
  },
};
