import type { Router } from 'express';
import type { Services } from './composition.ts';
import type { Endpoint } from './contract/endpoint.ts';
import { aboutEndpoints } from './features/about/about.contract.ts';
import { aboutRoutes } from './features/about/about.routes.ts';
import { accountEndpoints } from './features/accounts/accounts.contract.ts';
import { accountRoutes } from './features/accounts/accounts.routes.ts';
import { sessionEndpoints } from './features/accounts/session.contract.ts';
import { sessionRoutes } from './features/accounts/session.routes.ts';
import { assessmentEndpoints } from './features/assessments/assessments.contract.ts';
import { assessmentRoutes } from './features/assessments/assessments.routes.ts';
import { auditEndpoints } from './features/audit/audit.contract.ts';
import { auditRoutes } from './features/audit/audit.routes.ts';
import { deletionEndpoints } from './features/deletions/deletions.contract.ts';
import { deletionRoutes } from './features/deletions/deletions.routes.ts';
import { exportEndpoints } from './features/exports/exports.contract.ts';
import { exportRoutes } from './features/exports/exports.routes.ts';
import { healthEndpoints } from './features/health/health.contract.ts';
import { healthRoutes } from './features/health/health.routes.ts';
import { importEndpoints } from './features/imports/imports.contract.ts';
import { importRoutes } from './features/imports/imports.routes.ts';
import { measureEndpoints } from './features/measures/measures.contract.ts';
import { measureRoutes } from './features/measures/measures.routes.ts';
import { methodEndpoints } from './features/methods/methods.contract.ts';
import { methodRoutes } from './features/methods/methods.routes.ts';
import { enterpriseEndpoints } from './features/enterprises/enterprises.contract.ts';
import { enterpriseRoutes } from './features/enterprises/enterprises.routes.ts';
import { hazardSourceEndpoints } from './features/hazard-sources/hazard-sources.contract.ts';
import { hazardSourceRoutes } from './features/hazard-sources/hazard-sources.routes.ts';
import { jurisdictionEndpoints } from './features/jurisdictions/jurisdictions.contract.ts';
import { jurisdictionRoutes } from './features/jurisdictions/jurisdictions.routes.ts';
import { publicationEndpoints } from './features/publication/publication.contract.ts';
import { publicationRoutes } from './features/publication/publication.routes.ts';
import { registerFaultEndpoints } from './features/register-faults/register-faults.contract.ts';
import { registerFaultRoutes } from './features/register-faults/register-faults.routes.ts';
import { regionEndpoints } from './features/regions/regions.contract.ts';
import { regionRoutes } from './features/regions/regions.routes.ts';
import { riskPointEndpoints } from './features/risk-points/risk-points.contract.ts';
import { riskPointRoutes } from './features/risk-points/risk-points.routes.ts';
import { searchEndpoints } from './features/search/search.contract.ts';
import { searchRoutes } from './features/search/search.routes.ts';
import { tileEndpoints } from './features/tiles/tiles.contract.ts';

/** Every operation of the service: what OpenAPI describes and 405 knows of. A feature adds its list here … */
export const endpoints: readonly Endpoint[] = [
  ...healthEndpoints,
  ...aboutEndpoints,
  ...sessionEndpoints,
  ...accountEndpoints,
  ...auditEndpoints,
  ...methodEndpoints,
  ...assessmentEndpoints,
  ...regionEndpoints,
  ...publicationEndpoints,
  ...jurisdictionEndpoints,
  ...enterpriseEndpoints,
  ...riskPointEndpoints,
  ...hazardSourceEndpoints,
  ...measureEndpoints,
  ...registerFaultEndpoints,
  ...deletionEndpoints,
  ...importEndpoints,
  ...exportEndpoints,
  ...searchEndpoints,
  ...tileEndpoints,
];

/** … and its routes here; tiles have a handler of their own in app.ts. */
export function apiRoutes(services: Services): readonly Router[] {
  return [
    healthRoutes(services.health),
    aboutRoutes(services.about),
    sessionRoutes(services.session),
    accountRoutes(services.accounts),
    auditRoutes(services.audit),
    methodRoutes(services.methods),
    assessmentRoutes(services.assessments),
    regionRoutes(services.regions),
    publicationRoutes(services.publication),
    jurisdictionRoutes(services.jurisdictions),
    enterpriseRoutes(services.enterprises),
    riskPointRoutes(services.riskPoints),
    hazardSourceRoutes(services.hazardSources),
    measureRoutes(services.measures),
    registerFaultRoutes(services.registerFaults),
    deletionRoutes(services.deletions),
    importRoutes(services.imports),
    exportRoutes(services.exports),
    searchRoutes(services.search),
  ];
}
