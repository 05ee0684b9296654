export type TileParts = {
  /** Codes of the root regions. */
  readonly roots: () => Promise<readonly string[]>;
  /** Content of the tile 0/0/0 of a layer, not compressed; null when nothing is in it. */
  readonly worldTile: (layer: 'base' | 'regions') => Promise<Buffer | null>;
};

/**
 * Asks for a tile whose content is known and looks for it: land in the base map and, once there are regions, the first
 * root among them. Attribute values stand in a vector tile as plain UTF-8.
 */
export async function knownTilesHold({ roots, worldTile }: TileParts): Promise<boolean> {
  const land = await worldTile('base');
  if (!land?.includes('land')) return false;
  const [code] = await roots();
  return code === undefined || (await worldTile('regions'))?.includes(code) === true;
}
