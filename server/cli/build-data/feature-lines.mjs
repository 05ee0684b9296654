/** A FeatureCollection as text with one feature per line, so that a change shows in a diff. */
export function featureLines(features) {
  const lines = features.map((feature) => JSON.stringify(feature)).join(',\n');
  return `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`;
}

export const feature = (properties, geometry) => ({ type: 'Feature', properties, geometry });
