/** The part of geojson-validation 1.0 that is used; the package ships no types. */
declare module 'geojson-validation' {
  const validation: {
    /** True for an object that has the structure of a GeoJSON feature. */
    isFeature(value: unknown): boolean;
  };
  export default validation;
}
