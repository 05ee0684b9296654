import { Router } from 'express';
import type { RequestHandler } from 'express';
import { explainedBands } from '#server/domain/methods/bands.ts';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import { versionOf } from '#server/domain/methods/method.ts';
import { mount } from '#server/http/mount.ts';
import { evaluateMethod, getMethod, getMethodVersion, listMethods } from './methods.contract.ts';
import type { Method, MethodVersion } from './methods.contract.ts';
import type { MethodsService } from './methods.service.ts';
import type { StoredMethod } from './methods.store.ts';

type Parts = {
  readonly methods: MethodsService;
  /** Open to every caller, so it is limited. */
  readonly evaluateLimit: RequestHandler;
};

export function methodRoutes({ methods, evaluateLimit }: Parts): Router {
  const router = Router();
  mount(router, listMethods, async () => ({
    items: (await methods.list()).map(toMethod),
    next: null,
  }));
  mount(router, getMethod, async ({ params }) => toMethod(await methods.get(params.id)));
  mount(router, getMethodVersion, async ({ params }) =>
    toVersion(await methods.getVersion(params.id, params.v)),
  );
  mount(
    router,
    evaluateMethod,
    ({ params, body }) => methods.evaluate(params.id, body.version, body.inputs),
    { before: evaluateLimit },
  );
  return router;
}

function toMethod({ id, names, description, versions }: StoredMethod): Method {
  return { id, names, description, versions: versions.map(toVersion) };
}

function toVersion(definition: MethodDefinition): MethodVersion {
  const { method, variant, revision, isDefault, kind, name, description, formula } = definition;
  const { clause, source, verified, validFrom, validTo } = definition;
  return {
    method,
    version: versionOf(definition),
    variant,
    revision,
    isDefault,
    kind,
    name,
    description,
    formula,
    factors: definition.factors.map((factor) => ({
      id: factor.id,
      name: factor.name,
      scale: factor.scale.map(({ value, text, verified }) => ({ value, text, verified })),
    })),
    bands: explainedBands(definition).map((band) => ({ ...band })),
    clause,
    source,
    verified,
    validFrom,
    validTo,
  };
}
