/** The part of geojson-validation 1.0 that is used; the package ships no types (tsconfig.json points here). */
declare const validation: {
  /** True for an object that has the structure of a GeoJSON feature. */
  isFeature(value: unknown): boolean;
};
export default validation;
