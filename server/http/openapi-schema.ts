import { z } from 'zod';

export type JsonSchema = { readonly [key: string]: unknown };

/** Component schemas by name, filled while the document is made. */
export type Components = Map<string, JsonSchema>;

const LOCAL = '#/$defs/';
const SHARED = '#/components/schemas/';

/**
 * JSON Schema (2020-12) of a zod schema. Schemas with an id (`.meta({ id })`) go to the components. `output` is what is
 * sent after parsing; there, members not named are allowed for, so that adding one breaks no reader.
 */
export function schemaOf(
  schema: z.ZodType,
  io: 'input' | 'output',
  components: Components,
): JsonSchema {
  const made = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      const others = jsonSchema.additionalProperties;
      // What allows everything says nothing.
      const isEmpty = typeof others === 'object' && Object.keys(others).length === 0;
      if (io === 'output' || isEmpty) delete jsonSchema.additionalProperties;
    },
  });
  const { $schema: _dialect, $defs, ...root } = relocate(made) as Record<string, JsonSchema>;
  for (const [id, definition] of Object.entries($defs ?? {})) {
    addComponent(components, id, definition as JsonSchema);
  }
  return root;
}

function addComponent(components: Components, id: string, definition: JsonSchema): void {
  const { id: _id, ...content } = definition;
  const known = components.get(id);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(content)) {
    throw new Error(`Two schemas share the id ${id} and differ: give one of them another id`);
  }
  components.set(id, content);
}

/** References to the schema's own definitions become references to the document's components. */
function relocate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocate);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string'
        ? member.replace(LOCAL, SHARED)
        : relocate(member),
    ]),
  );
}
